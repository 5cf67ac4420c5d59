// The life of an issue: what people order and what happens to it, and what it is afterwards. Knows no store and no clock.
import { SET_PRIORITY, type PriorityLevel } from './priority.ts'

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

type Step<Input> = (life: Life, input: Input, occasion: Occasion) => Transition

const unchanged = (life: Life): Transition => ({ life, entry: undefined })

const open = (life: Life, now: number): Life => ({
  ...life,
  status: 'unresolved',
  substatus: null,
  resolution: null,
  ignoredUntil: null,
  resolvedAt: null,
  reopenedAt: life.status === 'unresolved' ? life.reopenedAt : now,
})

const RESOLVED_ENTRY = {
  now: 'set_resolved',
  release: 'set_resolved_in_release',
  'next-release': 'set_resolved_in_release',
  commit: 'set_resolved_in_commit',
} as const

const resolve: Step<Extract<Command, { type: 'resolve' }>> = (life, { resolution }, { now }) => {
  if (life.status === 'resolved' && JSON.stringify(life.resolution) === JSON.stringify(resolution))
    return unchanged(life)
  const { by, ...data } = resolution
  return {
    life: {
      ...open(life, now),
      status: 'resolved',
      resolution,
      resolvedAt: life.resolvedAt ?? now,
      reopenedAt: life.reopenedAt,
    },
    entry: { type: RESOLVED_ENTRY[by], data, ...(resolution.by === 'release' && { release: resolution.version }) },
  }
}

const unresolve: Step<Extract<Command, { type: 'unresolve' }>> = (life, _command, { now }) =>
  life.status === 'unresolved' && life.substatus !== 'in_progress'
    ? unchanged(life)
    : { life: open(life, now), entry: { type: 'set_unresolved', data: {} } }

const start: Step<Extract<Command, { type: 'start' }>> = (life, _command, { now }) =>
  life.substatus === 'in_progress'
    ? unchanged(life)
    : { life: { ...open(life, now), substatus: 'in_progress' }, entry: { type: 'set_in_progress', data: {} } }

const putAway = (life: Life, substatus: Substatus, ignoredUntil: IgnoredUntil | null): Life => ({
  ...life,
  status: 'ignored',
  substatus,
  ignoredUntil,
  resolution: null,
  resolvedAt: null,
})

const ignore: Step<Extract<Command, { type: 'ignore' }>> = (life, { until, counted }, { now }) => ({
  life: putAway(life, 'archived_until_condition_met', {
    ...until,
    since: now,
    eventsBefore: counted.events,
    usersBefore: counted.users,
  }),
  entry: { type: 'set_ignored', data: { ...until } },
})

const archive: Step<Extract<Command, { type: 'archive' }>> = (life) =>
  life.substatus === 'archived_forever'
    ? unchanged(life)
    : { life: putAway(life, 'archived_forever', null), entry: { type: 'set_ignored', data: { forever: true } } }

const assign: Step<Extract<Command, { type: 'assign' }>> = (life, { to, why }) => {
  if (JSON.stringify(to) === JSON.stringify(life.assignee)) return unchanged(life)
  const entry: Entry = to
    ? { type: 'assigned', data: { assignee: String(to.id), assigneeType: to.type, ...(why !== undefined && { why }) } }
    : { type: 'unassigned', data: {} }
  return { life: { ...life, assignee: to }, entry }
}

const prioritise: Step<Extract<Command, { type: 'prioritise' }>> = (life, { level }) => {
  const priority = SET_PRIORITY[level]
  if (life.priorityLocked && life.priority === priority) return unchanged(life)
  return {
    life: { ...life, priority, priorityLocked: true },
    entry: { type: 'set_priority', data: { priority: level } },
  }
}

const exceeds = (threshold: Threshold | null, more: number, inWindow: number): boolean =>
  threshold !== null && (threshold.windowMs === null ? more : inWindow) >= threshold.count

/** What has come true of the condition. */
const met = (until: IgnoredUntil, encounters: Encounters, now: number): keyof IgnoreCondition | undefined => {
  if (until.time !== null && until.time <= now) return 'time'
  const { events, users, eventsInWindow, usersInWindow } = encounters
  if (exceeds(until.events, events - until.eventsBefore, eventsInWindow)) return 'events'
  return exceeds(until.users, users - until.usersBefore, usersInWindow) ? 'users' : undefined
}

const comeBack = (life: Life, because: keyof IgnoreCondition, now: number): Transition => ({
  life: open(life, now),
  entry: { type: 'set_unresolved', data: { because, condition: life.ignoredUntil } },
})

const regress = (life: Life, release: string | null, now: number): Transition => ({
  life: { ...open(life, now), substatus: 'regressed' },
  entry: {
    type: 'set_regression',
    data: { version: release, resolution: life.resolution },
    ...(release !== null && { release }),
  },
})

const seen: Step<Extract<Happening, { type: 'seen' }>> = (life, { release, bringsBack, encounters }, { now }) => {
  if (life.status === 'resolved') return bringsBack ? regress(life, release, now) : unchanged(life)
  const because = life.ignoredUntil && met(life.ignoredUntil, encounters, now)
  return because ? comeBack(life, because, now) : unchanged(life)
}

const timePassed: Step<Extract<Happening, { type: 'time-passed' }>> = (life, _happening, { now }) => {
  const time = life.ignoredUntil?.time ?? null
  return time !== null && time <= now ? comeBack(life, 'time', now) : unchanged(life)
}

type Input = Command | Happening

const STEPS: { [Type in Input['type']]: Step<Extract<Input, { type: Type }>> } = {
  resolve,
  unresolve,
  start,
  ignore,
  archive,
  assign,
  prioritise,
  seen,
  'time-passed': timePassed,
}

/** What an issue is after an order or a happening, and what its feed tells of it. */
export const advance = (life: Life, input: Input, occasion: Occasion): Transition => {
  const { life: after, entry } = (STEPS[input.type] as Step<Input>)(life, input, occasion)
  if (!entry || !occasion.byPerson) return { life: after, entry }
  return { life: { ...after, acknowledgedAt: after.acknowledgedAt ?? occasion.now }, entry }
}

/** When the issue comes back by itself. */
export const wakeAt = ({ ignoredUntil }: Life): number | null => ignoredUntil?.time ?? null
