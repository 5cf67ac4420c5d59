import type { SessionSeriesJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { figuresQuery } from '../figures/figures-query.ts'
import { type Period, PERIODS, stepOf } from '../figures/period.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { Chart } from '../ui/chart/chart.tsx'
import { formatCount } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'
import { byEnd } from './session-series.ts'

interface ReleaseSessionsProps {
  address: ProjectAddress
  version: string
  period: Period
}

/** Sessions of the release over time, by how they ended. */
export const ReleaseSessions = ({ address, version, period }: ReleaseSessionsProps) => {
  const sessions = useQuery(
    figuresQuery<SessionSeriesJson>(address, 'release-health/series/', {
      release: version,
      statsPeriod: period,
      interval: PERIODS[period].interval,
    }),
  )
  return (
    <div className="panel release-sessions">
      <Loaded query={sessions} lines={7} label="Loading sessions">
        {(found) =>
          found.releases.length === 0 ? (
            <p className="inline-empty">No session of this release was told in {PERIODS[period].words}.</p>
          ) : (
            <Chart
              title="Sessions"
              summary={`In ${PERIODS[period].words}.`}
              kind="bars"
              times={found.intervals.map((at) => Date.parse(at))}
              stepMs={stepOf(period)}
              series={byEnd(found)}
              format={formatCount}
            />
          )
        }
      </Loaded>
    </div>
  )
}
