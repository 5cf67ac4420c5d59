import type { FeedbackJson, IssueStatus } from '@foghorn/server'
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { getPage, path, putJson, withQuery } from '../api/client.ts'
import type { FeedbackFilter } from './search.ts'

const REFRESH_MS = 30_000

/** All queries that a change of state may touch. */
const feedbackKey = (org: string) => ['feedback', org]

export const feedbackListQuery = (org: string, status: FeedbackFilter) =>
  infiniteQueryOptions({
    queryKey: [...feedbackKey(org), 'list', status],
    queryFn: ({ pageParam, signal }) => {
      const query = { status: status === 'all' ? '' : status, cursor: pageParam }
      return getPage<FeedbackJson>(withQuery(path`/organizations/${org}/user-feedback/`, query), signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: REFRESH_MS,
  })

/** What was told about an issue: the newest page. */
export const issueFeedbackQuery = (org: string, issueId: string) =>
  queryOptions({
    queryKey: [...feedbackKey(org), 'issue', issueId],
    queryFn: ({ signal }) =>
      getPage<FeedbackJson>(path`/organizations/${org}/issues/${issueId}/user-feedback/`, signal),
  })

export const useFeedbackStatus = (org: string, id: string) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (status: IssueStatus) =>
      putJson<FeedbackJson>(path`/organizations/${org}/user-feedback/${id}/`, { status }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: feedbackKey(org) }),
  })
}
