import type { StatisticsJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { figuresQuery } from '../figures/figures-query.ts'
import { Meter } from '../figures/meter.tsx'
import { type Period, PERIODS, stepOf } from '../figures/period.ts'
import { formatShare } from '../figures/units.ts'
import { NothingCameIn } from '../ingest/nothing-came-in.tsx'
import type { ProjectAddress } from '../projects/address.ts'
import { useMarks } from '../releases/use-marks.ts'
import { Chart } from '../ui/chart/chart.tsx'
import { counted, formatCount } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'
import { DIMENSIONS, type Dimension } from './search.ts'
import { seriesOf, type Share, sharesOf } from './shares.ts'

interface EventsOverTimeProps {
  address: ProjectAddress
  period: Period
  by: Dimension
  onGroup: (by: Dimension) => void
}

/** Errors and messages over time, told apart by one thing. */
export const EventsOverTime = ({ address, period, by, onGroup }: EventsOverTimeProps) => {
  const statistics = useQuery(
    figuresQuery<StatisticsJson>(address, 'statistics/', {
      by,
      statsPeriod: period,
      interval: PERIODS[period].interval,
    }),
  )
  return (
    <>
      <div className="figures-toolbar">
        <div className="segments" role="group" aria-label="Tell events apart by">
          {Object.entries(DIMENSIONS).map(([key, name]) => (
            <button key={key} type="button" aria-pressed={key === by} onClick={() => onGroup(key as Dimension)}>
              {name}
            </button>
          ))}
        </div>
      </div>
      <Loaded query={statistics} lines={12} label="Loading events over time">
        {(found) =>
          found.groups.length === 0 ? (
            <NothingCameIn address={address} period={period} />
          ) : (
            <Drawn address={address} found={found} period={period} by={by} />
          )
        }
      </Loaded>
    </>
  )
}

// While the figures of another dimension are on their way, those of the former are still there.
const dimensionOf = ({ groups }: StatisticsJson, wanted: Dimension): Dimension =>
  (Object.keys(DIMENSIONS) as Dimension[]).find((one) => groups[0] && Object.hasOwn(groups[0].by, one)) ?? wanted

interface DrawnProps {
  address: ProjectAddress
  found: StatisticsJson
  period: Period
  by: Dimension
}

const Drawn = ({ address, found, period, by }: DrawnProps) => {
  const marks = useMarks(address, found.intervals)
  const shares = sharesOf(found, dimensionOf(found, by))
  const all = shares.reduce((sum, { total }) => sum + total, 0)
  return (
    <div className="panel statistics-events">
      <Chart
        title={`Events by ${DIMENSIONS[by].toLowerCase()}`}
        summary={`${counted(all, 'event')} in ${PERIODS[period].words}.`}
        kind="bars"
        times={found.intervals.map((at) => Date.parse(at))}
        stepMs={stepOf(period)}
        series={seriesOf(shares)}
        marks={marks}
        format={formatCount}
      />
      <Shares shares={shares} all={all} />
    </div>
  )
}

const Shares = ({ shares, all }: { shares: Share[]; all: number }) => (
  <table className="data-table">
    <caption className="visually-hidden">Share of each</caption>
    <thead>
      <tr>
        <th scope="col">All</th>
        <th scope="col" className="number">
          {formatCount(all)}
        </th>
        <th scope="col" className="number">
          <span className="visually-hidden">Share</span>
        </th>
        <th scope="col" className="column-bar">
          <span className="visually-hidden">As a bar</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {shares.map(({ value, color, total, share }) => (
        <tr key={value}>
          <th scope="row" className="untrusted">
            {value}
          </th>
          <td className="number">{formatCount(total)}</td>
          <td className="number">{formatShare(share)}</td>
          <td className="column-bar">
            <Meter share={share} color={color} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
