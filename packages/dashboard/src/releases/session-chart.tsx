import type { SessionSeriesJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { figuresQuery } from '../figures/figures-query.ts'
import { type Period, PERIODS, stepOf } from '../figures/period.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { Chart } from '../ui/chart/chart.tsx'
import type { ChartSeries } from '../ui/chart/chart-data.ts'
import { formatCount } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'

interface SessionChartProps {
  address: ProjectAddress
  period: Period
  /** Only sessions of this release. */
  release?: string
  title: string
  seriesOf: (sessions: SessionSeriesJson) => ChartSeries[]
  /** Shown when there were none. */
  children: ReactNode
}

/** Sessions over time. */
export const SessionChart = ({ address, period, release, title, seriesOf, children }: SessionChartProps) => {
  const sessions = useQuery(
    figuresQuery<SessionSeriesJson>(address, 'release-health/series/', {
      release,
      statsPeriod: period,
      interval: PERIODS[period].interval,
    }),
  )
  return (
    <div className="panel release-sessions">
      <Loaded query={sessions} lines={7} label="Loading sessions">
        {(found) =>
          found.releases.length === 0 ? (
            <p className="inline-empty">{children}</p>
          ) : (
            <Chart
              title={title}
              summary={`In ${PERIODS[period].words}.`}
              kind="bars"
              times={found.intervals.map((at) => Date.parse(at))}
              stepMs={stepOf(period)}
              series={seriesOf(found)}
              format={formatCount}
            />
          )
        }
      </Loaded>
    </div>
  )
}
