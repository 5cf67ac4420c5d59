// The event on its way through digest: each stage takes exactly what the one before gives.
import type { EventPayload, Level } from '@foghorn/protocol'
import type { ResolvedFrame } from '@foghorn/symbolicate'

/** `error` has an exception; `default` is a message. */
export type EventKind = 'error' | 'default'

export interface NormalisedEvent {
  projectId: number
  eventId: string
  /** Milliseconds since 1970, corrected for the client's clock. */
  happenedAt: number
  receivedAt: number
  kind: EventKind
  /** How often it happened: clients send repeats as one event with a count. */
  times: number
  payload: EventPayload & { level: Level; environment: string }
}

declare const scrubbed: unique symbol

/** Nothing unscrubbed passes beyond this type. */
export type ScrubbedEvent = NormalisedEvent & { readonly [scrubbed]: true }

export interface SymbolicatedEvent extends ScrubbedEvent {
  /** For each exception of the payload its resolved frames, in the order in which they were sent. */
  stacks: (readonly ResolvedFrame[])[]
  /** IDs of the maps that led frames to their sources. */
  usedMaps: number[]
  /** The stack of components of React or Vue, the nearest one first. */
  componentStack?: readonly ResolvedFrame[]
}

/** One way to recognise an issue. Events whose keys share a hash belong together. */
export interface GroupingKey {
  /** What the key is made of: `custom` the client's fingerprint, `frames` original frames, `message` type and message. */
  variant: 'custom' | 'frames' | 'message'
  hash: string
  /** The parts that were hashed, for people. */
  parts: string[]
  /** Only for keys of an algorithm before the current one. */
  formerVersion?: number
}

export interface Grouping {
  version: number
  keys: GroupingKey[]
  /** Name of the project's rule that applied. */
  rule?: string
  /** What did not count, and why, for people. */
  ignored: string[]
}

/** What a list shows of an event. */
export interface Headline {
  title: string
  culprit: string
  metadata: { type?: string; value?: string; filename?: string; function?: string }
}

export interface GroupedEvent extends SymbolicatedEvent {
  grouping: Grouping
  headline: Headline
}

/** What is asked of a payload once it is packed. Most of an event is its trail. */
export type LeanPayload = Omit<NormalisedEvent['payload'], 'breadcrumbs' | 'extra'>

export interface LeanEvent extends Omit<GroupedEvent, 'payload'> {
  payload: LeanPayload
}

/** What came, as it is stored, and beside it what storing it asks. */
export interface PackedEvent extends LeanEvent {
  packed: Uint8Array
}
