import type { ReleaseJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { figuresQuery } from '../figures/figures-query.ts'
import type { ProjectAddress } from '../projects/address.ts'
import type { ChartMark } from '../ui/chart/chart-data.ts'
import { marksOf } from './marks.ts'

const RELEASES_AT_MOST = '20'

/** Releases and deploys since a chart's first step; none while they are on their way. */
export const useMarks = (address: ProjectAddress, intervals: readonly string[]): ChartMark[] => {
  const releases = useQuery(figuresQuery<ReleaseJson[]>(address, 'releases/', { per_page: RELEASES_AT_MOST }))
  return marksOf(releases.data ?? [], Date.parse(intervals[0] ?? ''))
}
