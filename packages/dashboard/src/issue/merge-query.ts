import type { MergePreviewJson, TransferJson } from '@foghorn/server'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { getJson, path, putJson, remove } from '../api/client.ts'
import { issuesKey } from '../issues/issues-query.ts'
import type { IssueAddress } from './issue-query.ts'

/** The number in the address of an issue, or the number itself. */
export const readIssueId = (text: string): string | undefined =>
  /(?:^|\/issues\/)(\d{1,15})(?:[/?#].*)?$/.exec(text.trim())?.[1]

export const previewQuery = ({ org, issueId }: IssueAddress, other: string) =>
  queryOptions({
    queryKey: ['merge-preview', org, issueId, other],
    queryFn: ({ signal }) =>
      getJson<MergePreviewJson>(
        `${path`/organizations/${org}/issues/merge-preview/`}?id=${issueId}&id=${encodeURIComponent(other)}`,
        signal,
      ),
    retry: false,
    staleTime: 0,
  })

export const transfersQuery = ({ org, issueId }: IssueAddress) =>
  queryOptions({
    queryKey: ['issue', org, issueId, 'transfers'],
    queryFn: ({ signal }) => getJson<TransferJson[]>(path`/organizations/${org}/issues/${issueId}/transfers/`, signal),
  })

const useRefresh = ({ org }: IssueAddress) => {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ['issue', org] }),
      queryClient.invalidateQueries({ queryKey: issuesKey(org) }),
      queryClient.invalidateQueries({ queryKey: ['regroupings', org] }),
    ])
}

export const useMerge = (address: IssueAddress) => {
  const refresh = useRefresh(address)
  return useMutation({
    mutationFn: (other: string) =>
      putJson<{ merge: { parent: string } }>(
        `${path`/organizations/${address.org}/issues/`}?id=${address.issueId}&id=${encodeURIComponent(other)}`,
        { merge: 1 },
      ),
    onSuccess: refresh,
  })
}

export const useUndo = (address: IssueAddress) => {
  const refresh = useRefresh(address)
  return useMutation({
    mutationFn: (transfer: string) =>
      remove(path`/organizations/${address.org}/issues/${address.issueId}/transfers/${transfer}/`),
    onSuccess: refresh,
  })
}
