import type { EventPayload, Level } from '@foghorn/protocol'
import type { ResolvedFrame } from '@foghorn/symbolicate'
import type { EventKind, Grouping, Headline } from './event.ts'

/** What came with an event, scrubbed: kept as it is for as long as the event. */
export interface RawEvent {
  kind: EventKind
  payload: EventPayload & { level: Level; environment: string }
}

/** What was made of an event: made again when maps arrive or go, or when a rule of the project changes. */
export interface EventDigest {
  stacks: (readonly ResolvedFrame[])[]
  /** The stack of components of React or Vue, the nearest one first. */
  componentStack?: readonly ResolvedFrame[]
  grouping: Grouping
  headline: Headline
}

export interface StoredEvent extends RawEvent, EventDigest {
  /** Position in the store, for paging. */
  id: number
  projectId: number
  issueId: number
  eventId: string
  happenedAt: number
  receivedAt: number
  /** How often it happened: clients send repeats as one event with a count. */
  times: number
}
