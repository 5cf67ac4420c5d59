import type { ListedIssueJson, TagKeyJson, TagValueJson } from '@foghorn/server'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { getJson, getPage, path, withQuery } from '../api/client.ts'
import { DEFAULT_QUERY, type IssueSearch } from './search.ts'

const STALE_MS = 60_000

/** The list's span that shows best what happened within the period asked for. */
export const sparkSpan = (statsPeriod: string | undefined): '24h' | '14d' | '30d' => {
  if (statsPeriod === undefined) return '14d'
  const [, count = '0', unit = 'h'] = /^(\d+)([hdw])$/.exec(statsPeriod) ?? []
  const hours = Number(count) * { h: 1, d: 24, w: 168 }[unit as 'h' | 'd' | 'w']
  if (hours <= 24) return '24h'
  return hours <= 14 * 24 ? '14d' : '30d'
}

/** The parts of a search that say which issues it is about. */
export const selectionOf = ({ query = DEFAULT_QUERY, project, environment, statsPeriod }: IssueSearch) => ({
  query,
  project,
  environment,
  statsPeriod,
})

const readIssues = (org: string, search: IssueSearch, options: { cursor?: string | null; signal: AbortSignal }) => {
  const address = withQuery(path`/organizations/${org}/issues/`, {
    ...selectionOf(search),
    sort: search.sort ?? 'date',
    groupStatsPeriod: sparkSpan(search.statsPeriod),
    cursor: options.cursor,
  })
  return getPage<ListedIssueJson>(address, options.signal)
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

/** The start of the same list, asked for again whenever something changes. */
export const issueHeadQuery = (org: string, search: IssueSearch) =>
  queryOptions({
    queryKey: [...issuesKey(org), 'head', search],
    queryFn: ({ signal }) => readIssues(org, search, { signal }),
  })

export const tagKeysQuery = (org: string, project: string | undefined) =>
  queryOptions({
    queryKey: ['tag-keys', org, project],
    queryFn: ({ signal }) => getJson<TagKeyJson[]>(withQuery(path`/organizations/${org}/tags/`, { project }), signal),
    staleTime: STALE_MS,
  })

/** Values that a tag has in the issues that were seen last. */
export const tagValuesQuery = (org: string, { key, text, project }: { key: string; text: string; project?: string }) =>
  queryOptions({
    queryKey: ['tag-values', org, project, key, text],
    queryFn: ({ signal }) =>
      getJson<TagValueJson[]>(
        withQuery(path`/organizations/${org}/tags/${key}/values/`, { query: text, project }),
        signal,
      ),
    staleTime: STALE_MS,
  })
