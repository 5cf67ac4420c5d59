import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { useLive } from '../api/live.ts'
import { freshenRows } from './fresh-rows.ts'
import { issueHeadQuery, issueListQuery } from './issues-query.ts'
import type { IssueSearch } from './search.ts'

/** For as long as the stream of changes does not come through. */
const POLL_MS = 10_000

/** The list, kept fresh in place; what would move it waits for `showFresh`. */
export const useIssueList = (org: string, search: IssueSearch) => {
  const queryClient = useQueryClient()
  const list = useInfiniteQuery(issueListQuery(org, search))
  const headKey = issueHeadQuery(org, search).queryKey
  const isLive = useLive({ org, project: search.project }, () => {
    void queryClient.invalidateQueries({ queryKey: headKey })
  })
  const head = useQuery({
    ...issueHeadQuery(org, search),
    enabled: list.isSuccess,
    refetchInterval: isLive ? false : POLL_MS,
  })
  const shown = list.data?.pages.flatMap((page) => page.items) ?? []
  // An answer older than the list itself has nothing to add.
  const headIsNewer = head.data !== undefined && head.dataUpdatedAt > list.dataUpdatedAt
  const fresh = freshenRows(shown, headIsNewer ? head.data.items : shown)

  const showFresh = useCallback(() => {
    const page = queryClient.getQueryData(issueHeadQuery(org, search).queryKey)
    if (page) queryClient.setQueryData(issueListQuery(org, search).queryKey, { pages: [page], pageParams: [null] })
  }, [queryClient, org, search])

  const isFirstArrival = list.isSuccess && shown.length === 0 && fresh.arrivals > 0
  useEffect(() => {
    if (isFirstArrival) showFresh()
  }, [isFirstArrival, showFresh])

  return { list, showFresh, isLive, ...fresh }
}
