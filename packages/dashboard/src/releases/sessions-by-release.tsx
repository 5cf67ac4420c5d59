import type { SessionSeriesJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { figuresQuery } from '../figures/figures-query.ts'
import { type Period, PERIODS, stepOf } from '../figures/period.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { Chart } from '../ui/chart/chart.tsx'
import { formatCount } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'
import { byRelease } from './session-series.ts'

/** Which releases people use, and how fast they take up new ones. */
export const SessionsByRelease = ({ address, period }: { address: ProjectAddress; period: Period }) => {
  const sessions = useQuery(
    figuresQuery<SessionSeriesJson>(address, 'release-health/series/', {
      statsPeriod: period,
      interval: PERIODS[period].interval,
    }),
  )
  return (
    <div className="panel release-sessions">
      <Loaded query={sessions} lines={7} label="Loading sessions">
        {(found) =>
          found.releases.length === 0 ? (
            <p className="inline-empty">
              No sessions were told in {PERIODS[period].words}. Foghorn’s client tells one for each page load of a
              release by itself; Sentry’s client does with <code>browserSessionIntegration()</code>.
            </p>
          ) : (
            <Chart
              title="Sessions by release"
              summary={`In ${PERIODS[period].words}.`}
              kind="bars"
              times={found.intervals.map((at) => Date.parse(at))}
              stepMs={stepOf(period)}
              series={byRelease(found)}
              format={formatCount}
            />
          )
        }
      </Loaded>
    </div>
  )
}
