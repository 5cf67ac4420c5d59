import type { IssueJson } from '@foghorn/server'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { getPage, path, withQuery } from '../api/client.ts'
import { DEFAULT_QUERY, type IssueSearch } from './search.ts'

const REFRESH_MS = 10_000
const STALE_MS = 60_000

const readIssues = (org: string, search: IssueSearch, options: { cursor?: string | null; signal: AbortSignal }) => {
  const { query = DEFAULT_QUERY, sort = 'date', project } = search
  const address = withQuery(path`/organizations/${org}/issues/`, { query, project, sort, cursor: options.cursor })
  return getPage<IssueJson>(address, options.signal)
}

/** All queries that an issue's change may touch. */
export const issuesKey = (org: string) => ['issues', org]

/** The list as the reader sees it: it stays until they ask for a newer one. */
export const issueListQuery = (org: string, search: IssueSearch) =>
  infiniteQueryOptions({
    queryKey: [...issuesKey(org), 'list', search],
    queryFn: ({ pageParam, signal }) => readIssues(org, search, { cursor: pageParam, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: STALE_MS,
    refetchOnWindowFocus: false,
  })

/** The start of the same list, asked for again and again. */
export const issueHeadQuery = (org: string, search: IssueSearch) =>
  queryOptions({
    queryKey: [...issuesKey(org), 'head', search],
    queryFn: ({ signal }) => readIssues(org, search, { signal }),
    refetchInterval: REFRESH_MS,
  })
