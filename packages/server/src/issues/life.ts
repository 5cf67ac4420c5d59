// The life of an issue: what it is, what people order, and what happens to it.
import type { PriorityLevel } from './priority.ts'

export const STATUSES = ['unresolved', 'resolved', 'ignored'] as const
export type Status = (typeof STATUSES)[number]

/** The first two are unresolved, the others ignored; an issue that is resolved or plainly unresolved has none. */
export type Substatus = 'in_progress' | 'regressed' | 'archived_until_condition_met' | 'archived_forever'

/** Where the fault is gone. A note tells people more. */
export type Resolution = { note?: string } & (
  | { by: 'now' }
  | { by: 'release'; version: string }
  /** In whatever release comes after this one. */
  | { by: 'next-release'; after: string }
  /** In the first release that has the commit. */
  | { by: 'commit'; commit: string; repository: string | null }
)

/** So many more, within so long. */
export interface Threshold {
  count: number
  /** Null: however long it takes. */
  windowMs: number | null
}

/** What brings an ignored issue back: the first of these that comes true. */
export interface IgnoreCondition {
  /** Milliseconds since 1970. */
  time: number | null
  events: Threshold | null
  users: Threshold | null
}

export interface IgnoredUntil extends IgnoreCondition {
  /** When it was ignored, and what it counted then. */
  since: number
  eventsBefore: number
  usersBefore: number
}

export interface Assignee {
  type: 'user' | 'team'
  id: number
}

export interface Life {
  status: Status
  substatus: Substatus | null
  resolution: Resolution | null
  ignoredUntil: IgnoredUntil | null
  assignee: Assignee | null
  /** From 0 to 100. */
  priority: number
  /** Whether a person has set the priority. */
  priorityLocked: boolean
  /** When a person first did something about it. Milliseconds since 1970, as are the other times. */
  acknowledgedAt: number | null
  resolvedAt: number | null
  /** When it last came back. */
  reopenedAt: number | null
}

/** How often an issue was met: in all, and within the windows of its condition. */
export interface Encounters {
  events: number
  users: number
  eventsInWindow: number
  usersInWindow: number
}

export type Command =
  | { type: 'resolve'; resolution: Resolution }
  | { type: 'unresolve' }
  | { type: 'start' }
  | { type: 'ignore'; until: IgnoreCondition; counted: Pick<Encounters, 'events' | 'users'> }
  | { type: 'archive' }
  | { type: 'assign'; to: Assignee | null; why?: string }
  | { type: 'prioritise'; level: PriorityLevel }

export type Happening =
  /** An event. `bringsBack` says that it proves the resolution wrong. */
  { type: 'seen'; release: string | null; bringsBack: boolean; encounters: Encounters } | { type: 'time-passed' }

/** What the feed of an issue tells; the names are Sentry's where it has one. */
export interface Entry {
  type:
    | 'set_resolved'
    | 'set_resolved_in_release'
    | 'set_resolved_in_commit'
    | 'set_unresolved'
    | 'set_in_progress'
    | 'set_ignored'
    | 'set_regression'
    | 'assigned'
    | 'unassigned'
    | 'set_priority'
  release?: string
  data: Record<string, unknown>
}

export interface Transition {
  life: Life
  /** Undefined when nothing changed. */
  entry: Entry | undefined
}

/** When it is, and whether a person is behind it. */
export interface Occasion {
  now: number
  byPerson: boolean
}

/** When the issue comes back by itself. */
export const wakeAt = ({ ignoredUntil }: Life): number | null => ignoredUntil?.time ?? null
