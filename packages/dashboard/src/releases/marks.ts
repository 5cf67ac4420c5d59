import type { ReleaseJson } from '@foghorn/server'
import type { ChartMark } from '../ui/chart/chart-data.ts'

/** When releases came out and where they went, for charts: what changed then may have changed the figures. */
export const marksOf = (releases: readonly ReleaseJson[], since: number): ChartMark[] =>
  releases
    .flatMap(({ shortVersion, dateReleased, lastDeploy }) => [
      ...(dateReleased === null ? [] : [{ name: `${shortVersion} released`, at: Date.parse(dateReleased) }]),
      ...(lastDeploy?.dateFinished
        ? [{ name: `${shortVersion} to ${lastDeploy.environment}`, at: Date.parse(lastDeploy.dateFinished) }]
        : []),
    ])
    .filter(({ at }) => at >= since)
