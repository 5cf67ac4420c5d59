import type { IssueStatus } from '@foghorn/server'

/** The state of the inbox, as it stands in the page's address; absent means what waits for an answer. */
export interface FeedbackSearch {
  status?: FeedbackFilter
}

export type FeedbackFilter = IssueStatus | 'all'

/** In the order of the tabs. */
export const FILTERS = { unresolved: 'Inbox', resolved: 'Resolved', ignored: 'Ignored', all: 'All' } as const

const isFilter = (status: unknown): status is FeedbackFilter =>
  typeof status === 'string' && Object.hasOwn(FILTERS, status)

export const readFeedbackSearch = (search: Record<string, unknown>): FeedbackSearch =>
  isFilter(search.status) && search.status !== 'unresolved' ? { status: search.status } : {}
