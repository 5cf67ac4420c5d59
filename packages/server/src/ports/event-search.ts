import type { RawEvent } from '../stored-event.ts'
import type { EventPage } from './events.ts'
import type { Period } from './issue-search.ts'

/** What a search can look at in an event. */
export interface SearchedEvent extends RawEvent {
  eventId: string
  title: string
  happenedAt: number
}

export type EventTest = (event: SearchedEvent) => boolean

export interface EventQuery {
  /** Events of an issue by when they happened, those of a project by when they came. */
  of: { issueId: number } | { projectId: number }
  /** Absent: all. */
  test?: EventTest
  period?: Period
  limit: number
  cursor?: string
}

export interface EventSearch {
  /**
   * Newest first. However few match, a page looks at a bounded number of events: it may hold fewer than the limit, or
   * none, and still have a next one. Undefined when the cursor is none of ours.
   */
  list(query: EventQuery): Promise<EventPage | undefined>
}
