import type { EventJson } from '@foghorn/server'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { tagTerm } from '../issues/search.ts'
import { eventListQuery, type IssueAddress } from './issue-query.ts'

/** Where one can go from an event; null at either end. */
export interface EventSteps {
  first: string | null
  previous: string | null
  next: string | null
  latest: string | null
}

/** What the events that one goes through have in common with the one before one's eyes. */
export const SAME = { release: 'Same release', browser: 'Same browser', environment: 'Same environment' } as const
export type Same = keyof typeof SAME

/** How far an event is looked for among its like. */
const PAGES = 20

/** The term that finds events like this one; undefined when it has no such tag. */
export const likeTerm = (event: EventJson, same: Same): string | undefined => {
  const tag = event.tags.find(({ key }) => key === same)
  return tag && tagTerm(same, tag.value)
}

/** Steps from an event among all of its issue, whichever it has in common with them. */
const amongAll = (event: EventJson): EventSteps => ({
  first: event.previousEventID && 'oldest',
  previous: event.previousEventID,
  next: event.nextEventID,
  latest: event.nextEventID && 'latest',
})

/** Steps among events of which the newest comes first; the first one is known once all have been read. */
export const amongListed = (ids: readonly string[], eventId: string, isWhole: boolean): EventSteps => {
  const position = ids.indexOf(eventId)
  const other = (id: string | undefined): string | null => (id === undefined || id === eventId ? null : id)
  return {
    first: isWhole ? other(ids.at(-1)) : null,
    previous: position < 0 ? null : other(ids[position + 1]),
    next: position < 1 ? null : other(ids[position - 1]),
    latest: other(ids[0]),
  }
}

export const useEventSteps = (address: IssueAddress, event: EventJson, same: Same | undefined): EventSteps => {
  const term = same && likeTerm(event, same)
  const list = useInfiniteQuery({ ...eventListQuery(address, term ?? ''), enabled: term !== undefined })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const ids = (list.data?.pages ?? []).flatMap((page) => page.items.map(({ eventID }) => eventID))
  const isPastEnd = ids.indexOf(event.eventID) === ids.length - 1 || !ids.includes(event.eventID)
  const pages = list.data?.pages.length ?? 0
  const wantsMore = term !== undefined && hasNextPage && !isFetchingNextPage && isPastEnd && pages > 0 && pages < PAGES
  useEffect(() => {
    if (wantsMore) void fetchNextPage()
  }, [wantsMore, fetchNextPage])
  return term === undefined ? amongAll(event) : amongListed(ids, event.eventID, list.isSuccess && !hasNextPage)
}
