import type { ReleaseJson, ReleaseSummaryJson } from '@foghorn/server'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { getPage, path, withQuery } from '../api/client.ts'
import { figuresKey, figuresQuery, keepWithin } from '../figures/figures-query.ts'
import type { Period } from '../figures/period.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { hoursOf } from './search.ts'

const PER_PAGE = '20'

export const releasesQuery = (address: ProjectAddress, search: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...figuresKey(address), 'releases', search],
    queryFn: ({ pageParam, signal }) =>
      getPage<ReleaseJson>(
        withQuery(path`/projects/${address.org}/${address.project}/releases/`, {
          query: search,
          per_page: PER_PAGE,
          cursor: pageParam,
        }),
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepWithin([...figuresKey(address), 'releases']),
  })

/** A path below a release's, whose version may hold anything. */
export const releasePath = (version: string, what = ''): string => `${path`releases/${version}/`}${what}`

export const summaryQuery = (address: ProjectAddress, version: string, period: Period) =>
  queryOptions(figuresQuery<ReleaseSummaryJson>(address, releasePath(version, 'summary/'), { hours: hoursOf(period) }))
