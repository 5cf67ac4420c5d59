import type { SavedViewJson } from '@foghorn/server'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { getJson, path, postJson, remove } from '../api/client.ts'
import { selectionOf } from './issues-query.ts'
import { readIssueSearch, type IssueSearch } from './search.ts'

export const viewsQuery = (org: string) =>
  queryOptions({
    queryKey: ['views', org],
    queryFn: ({ signal }) => getJson<SavedViewJson[]>(path`/organizations/${org}/saved-views/`, signal),
    staleTime: 60_000,
  })

/** The list as a view shows it. */
export const searchOf = ({ query, sort, environment, statsPeriod, project }: SavedViewJson): IssueSearch =>
  readIssueSearch({ query, sort, environment, statsPeriod, project })

export const useSaveView = (org: string) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ search, ...view }: { name: string; isShared: boolean; search: IssueSearch }) =>
      postJson<SavedViewJson>(path`/organizations/${org}/saved-views/`, {
        ...view,
        ...selectionOf(search),
        sort: search.sort,
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: viewsQuery(org).queryKey }),
  })
}

export const useRemoveView = (org: string) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove(path`/organizations/${org}/saved-views/${id}/`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: viewsQuery(org).queryKey }),
  })
}
