import type {
  ActivityJson,
  HintJson,
  IssueDetailsJson,
  MemberJson,
  SimilarIssueJson,
  StatusDetailsJson,
  TeamJson,
} from '@foghorn/server'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { getJson, path, postJson, putJson, remove } from '../api/client.ts'
import { issuesKey } from '../issues/issues-query.ts'
import { issueQuery, type IssueAddress } from '../issue/issue-query.ts'
import { announce } from '../ui/announcer.tsx'
import { stateOf } from './states.ts'

/** What may be asked of an issue; what is absent stays as it is. */
export interface Change {
  status?: string
  statusDetails?: StatusDetailsJson & { ignoreDuration?: number }
  assignedTo?: string
  priority?: string
  isSubscribed?: boolean
}

const addressOf = ({ org, issueId }: IssueAddress): string => path`/organizations/${org}/issues/${issueId}/`

export const useChangeIssue = (address: IssueAddress) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: Change) => putJson<IssueDetailsJson>(addressOf(address), change),
    onSuccess: (issue) => {
      queryClient.setQueryData(issueQuery(address).queryKey, issue)
      announce(`${issue.shortId} is ${stateOf(issue).toLowerCase()}`)
      return queryClient.invalidateQueries({ queryKey: issuesKey(address.org) })
    },
  })
}

const useFeedChange = <Input>(address: IssueAddress, mutationFn: (input: Input) => Promise<unknown>) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: issueQuery(address).queryKey, exact: true }),
  })
}

export const useComment = (address: IssueAddress) =>
  useFeedChange(address, (text: string) => postJson<ActivityJson>(`${addressOf(address)}comments/`, { text }))

export const useEditComment = (address: IssueAddress, id: string) =>
  useFeedChange(address, (text: string) =>
    putJson<ActivityJson>(`${addressOf(address)}comments/${encodeURIComponent(id)}/`, { text }),
  )

export const useDeleteComment = (address: IssueAddress, id: string) =>
  useFeedChange(address, () => remove(`${addressOf(address)}comments/${encodeURIComponent(id)}/`))

const QUIET = { staleTime: 60_000 }

export const hintsQuery = (address: IssueAddress) =>
  queryOptions({
    queryKey: ['issue', address.org, address.issueId, 'hints'],
    queryFn: ({ signal }) => getJson<HintJson[]>(`${addressOf(address)}hints/`, signal),
    ...QUIET,
  })

export const similarQuery = (address: IssueAddress) =>
  queryOptions({
    queryKey: ['issue', address.org, address.issueId, 'similar'],
    queryFn: ({ signal }) => getJson<SimilarIssueJson[]>(`${addressOf(address)}similar/`, signal),
    ...QUIET,
  })

export const membersQuery = (org: string) =>
  queryOptions({
    queryKey: ['members', org],
    queryFn: ({ signal }) => getJson<MemberJson[]>(path`/organizations/${org}/members/`, signal),
    ...QUIET,
  })

export const teamsQuery = (org: string) =>
  queryOptions({
    queryKey: ['teams', org],
    queryFn: ({ signal }) => getJson<TeamJson[]>(path`/organizations/${org}/teams/`, signal),
    ...QUIET,
  })
