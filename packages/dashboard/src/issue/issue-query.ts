import type { EventJson, IssueDetailsJson, TagJson } from '@foghorn/server'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getJson, path } from '../api/client.ts'

const REFRESH_MS = 15_000

/** Which issue, of which organization. */
export interface IssueAddress {
  org: string
  issueId: string
}

const addressOf = ({ org, issueId }: IssueAddress): string => path`/organizations/${org}/issues/${issueId}/`

const issueKey = ({ org, issueId }: IssueAddress) => ['issue', org, issueId]

export const issueQuery = (address: IssueAddress) =>
  queryOptions({
    queryKey: issueKey(address),
    queryFn: ({ signal }) => getJson<IssueDetailsJson>(addressOf(address), signal),
    refetchInterval: REFRESH_MS,
  })

/** `eventId` may also be `latest` or `oldest`. What is being read is never replaced by itself. */
export const eventQuery = (address: IssueAddress, eventId: string) =>
  queryOptions({
    queryKey: [...issueKey(address), 'event', eventId],
    queryFn: ({ signal }) => getJson<EventJson>(`${addressOf(address)}events/${encodeURIComponent(eventId)}/`, signal),
    refetchOnWindowFocus: false,
    // Another event of the same issue replaces this one in place; that of another issue must not be seen meanwhile.
    placeholderData: (previous, query) =>
      query?.queryKey[2] === address.issueId ? keepPreviousData(previous) : undefined,
  })

export const tagsQuery = (address: IssueAddress) =>
  queryOptions({
    queryKey: [...issueKey(address), 'tags'],
    queryFn: ({ signal }) => getJson<TagJson[]>(`${addressOf(address)}tags/`, signal),
    staleTime: 60_000,
  })
