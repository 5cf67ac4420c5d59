import { type Period, PERIODS } from '../figures/period.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { SessionChart } from './session-chart.tsx'
import { byEnd } from './session-series.ts'

interface ReleaseSessionsProps {
  address: ProjectAddress
  version: string
  period: Period
}

/** Sessions of the release over time, by how they ended. */
export const ReleaseSessions = ({ version, ...shown }: ReleaseSessionsProps) => (
  <SessionChart {...shown} release={version} title="Sessions" seriesOf={byEnd}>
    No session of this release was told in {PERIODS[shown.period].words}.
  </SessionChart>
)
