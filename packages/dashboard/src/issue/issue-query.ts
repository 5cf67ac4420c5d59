import type { EventJson, IssueJson, IssueStatus, TagJson } from '@foghorn/server'
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { getJson, path, putJson } from '../api/client.ts'
import { issuesKey } from '../issues/issues-query.ts'
import { STATUS_NAMES } from '../issues/search.ts'
import { announce } from '../ui/announcer.tsx'

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
    queryFn: ({ signal }) => getJson<IssueJson>(addressOf(address), signal),
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

export const useSetStatus = (address: IssueAddress) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (status: IssueStatus) => putJson<IssueJson>(addressOf(address), { status }),
    onSuccess: (issue) => {
      queryClient.setQueryData(issueQuery(address).queryKey, issue)
      announce(`${issue.shortId} is ${STATUS_NAMES[issue.status].toLowerCase()}`)
      return queryClient.invalidateQueries({ queryKey: issuesKey(address.org) })
    },
  })
}
