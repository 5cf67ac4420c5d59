import type { EventPayload, Level } from '@foghorn/protocol'
import type { ResolvedFrame } from '@foghorn/symbolicate'
import type { EventKind, Grouping, Headline } from './event.ts'

/** What is kept of an event: what came (scrubbed), next to what was made of it, so that everything can be made again. */
export interface StoredPayload {
  kind: EventKind
  payload: EventPayload & { level: Level; environment: string }
  stacks: ResolvedFrame[][]
  grouping: Grouping
  headline: Headline
}

export interface StoredEvent extends StoredPayload {
  /** Position in the store, for paging. */
  id: number
  projectId: number
  issueId: number
  eventId: string
  happenedAt: number
  receivedAt: number
}
