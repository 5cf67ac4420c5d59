import type { GroupedEvent, PackedEvent } from '../event.ts'
import type { StoredEvent } from '../stored-event.ts'
import type { Measurement, SessionCount, SessionUpdate } from './figures.ts'

/** What became of so many items of one category: stored, or not and why. */
export interface Outcome {
  projectId: number
  /** Milliseconds since 1970; counted by hour. */
  at: number
  category: string
  outcome: 'accepted' | 'filtered' | 'limited' | 'duplicate' | 'failed' | 'discarded' | 'unsupported'
  reason: string
  quantity: number
}

/** Outcomes that came together. */
export interface OutcomeReport {
  projectId: number
  /** A client's report has an ID: one that was counted is not counted again, however often it is sent. */
  id?: string
  outcomes: readonly Outcome[]
}

export interface IssueReference {
  id: number
  projectId: number
  shortId: string
}

export type StoreResult =
  | { status: 'stored'; change: 'new' | 'seen' | 'regressed' | 'returned'; issue: IssueReference }
  | { status: 'duplicate' }

export interface EventPage {
  events: StoredEvent[]
  /** Cursor of the following page; absent on the last one. */
  next?: string
}

/** What is written in one transaction. */
export interface Batch {
  events?: readonly PackedEvent[]
  reports?: readonly OutcomeReport[]
  sessions?: readonly SessionUpdate[]
  sessionCounts?: readonly SessionCount[]
  measurements?: readonly Measurement[]
  /** The inbox items that all this came from. */
  items?: readonly number[]
}

export interface EventStore {
  /** Makes of an event what is stored of it: the rest need not be kept in memory until its batch is complete. */
  pack(event: GroupedEvent): PackedEvent
  /** Stores a batch and counts what became of everything, in one transaction. Results are in the order of the events. */
  store(batch: Batch): Promise<StoreResult[]>
  /** Which of these inbox items are stored already: those of the batch that was stored last. */
  digestedItems(ids: readonly number[]): Promise<Set<number>>
  find(projectId: number, eventId: string): Promise<StoredEvent | undefined>
  newest(issueId: number): Promise<StoredEvent | undefined>
  oldest(issueId: number): Promise<StoredEvent | undefined>
  /** Event IDs before and after this one within its issue, by time. */
  neighbours(event: StoredEvent): Promise<{ previous?: string; next?: string }>
}
