import type { GroupedEvent, ScrubbedEvent } from '../event.ts'

/** Why stored events are looked at again. The last three only move events after their hashes. */
export type RegroupCause =
  | 'artifacts-arrived'
  | 'artifacts-removed'
  | 'rules-changed'
  | 'version-changed'
  | 'merged'
  | 'unmerged'
  | 'undone'

/** A pass over stored events, newest first. It survives a restart and goes on where it was. */
export interface RegroupJob {
  id: number
  projectId: number
  cause: RegroupCause
  /** For people: what arrived, or which rules changed. */
  about: string
  /** How many events it has to look at, how many it has looked at, read anew, and moved to another issue. */
  total: number
  checked: number
  changed: number
  moved: number
  /** Milliseconds since 1970. */
  requestedAt: number
  finishedAt: number | null
}

/** An event as it came, with its row. */
export type RawStoredEvent = ScrubbedEvent & { row: number }
/** The same event, read anew. */
export type RegroupedEvent = GroupedEvent & { row: number }

export interface PassRequest {
  projectId: number
  cause: RegroupCause
  about: string
}

/** Passes over stored events, and their work list. They are asked for by what makes them necessary, in its transaction. */
export interface Regrouping {
  /** A project's newest events as they came, newest first. */
  newest(projectId: number, limit: number): Promise<RawStoredEvent[]>
  /** The oldest pass that is not finished, unless another process is at it. */
  next(): Promise<RegroupJob | undefined>
  /** The events that the pass comes to now, newest first. */
  events(job: RegroupJob, limit: number): Promise<RawStoredEvent[]>
  /** Stores what became of them and notes how far the pass is, in one transaction; doing it twice changes nothing. */
  replace(job: RegroupJob, events: readonly RegroupedEvent[]): Promise<void>
  /** For a pass that only moves events: moves so many to the issues that have their hashes. */
  follow(job: RegroupJob, limit: number): Promise<void>
  /** Newest first. */
  list(projectId: number, limit: number): Promise<RegroupJob[]>
}
