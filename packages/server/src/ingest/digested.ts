import type { EnvelopeItem } from '@foghorn/protocol'
import type { PackedEvent } from '../event.ts'
import type { Outcome, OutcomeReport } from '../ports/events.ts'
import type { FeedbackEntry } from '../ports/feedback.ts'
import type { Measurement, SessionCount, SessionUpdate } from '../ports/figures.ts'
import type { InboxItem } from '../ports/inbox.ts'

/** A part that cannot be read; the rest of its request goes on without it. */
export interface UnreadablePart {
  item: InboxItem
  part: EnvelopeItem
  error: Error
}

/** What a batch of requests came to: what is to be stored, and what became of all else. */
export interface Digested {
  events: PackedEvent[]
  feedback: FeedbackEntry[]
  sessions: SessionUpdate[]
  sessionCounts: SessionCount[]
  measurements: Measurement[]
  reports: OutcomeReport[]
  unreadable: UnreadablePart[]
}

export const nothingDigested = (): Digested => ({
  events: [],
  feedback: [],
  sessions: [],
  sessionCounts: [],
  measurements: [],
  reports: [],
  unreadable: [],
})

/** Counts one item of a request. */
export const counted = (
  { projectId, receivedAt: at }: InboxItem,
  outcome: Pick<Outcome, 'category' | 'outcome' | 'reason'>,
): OutcomeReport => ({ projectId, outcomes: [{ projectId, at, quantity: 1, ...outcome }] })
