import type { MeasurementSeriesJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { figuresQuery } from '../figures/figures-query.ts'
import { DEFAULT_PERIOD, type Period, PERIODS, stepOf } from '../figures/period.ts'
import { PeriodPicker } from '../figures/period-picker.tsx'
import { ProjectPage } from '../figures/project-page.tsx'
import { Tile, Tiles } from '../figures/tile.tsx'
import { formatMs } from '../figures/units.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { useMarks } from '../releases/use-marks.ts'
import { Chart } from '../ui/chart/chart.tsx'
import { formatCount } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'
import { NarrowedBy } from '../vitals/narrowed-by.tsx'
import { NoTransactions } from './no-transactions.tsx'
import { readPerformanceSearch } from './search.ts'
import { Transactions } from './transactions.tsx'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/performance')

/** How long page loads, changes of route and what else is traced take. */
export const PerformancePage = () => {
  const address = route.useParams()
  const { period = DEFAULT_PERIOD, page } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (changed: Record<string, string | undefined>) =>
    void navigate({ search: (before) => readPerformanceSearch({ ...before, ...changed }), replace: true })
  const series = useQuery(
    figuresQuery<MeasurementSeriesJson>(address, 'measurements/series/', {
      name: 'duration',
      statsPeriod: period,
      interval: PERIODS[period].interval,
      page,
    }),
  )
  return (
    <ProjectPage
      title="Performance"
      project={address.project}
      aside={<PeriodPicker period={period} onChange={(next) => change({ period: next })} />}
    >
      <Loaded query={series} lines={14} label="Loading times">
        {(found) =>
          found.all.count === 0 && page === undefined ? (
            <NoTransactions address={address} period={period} />
          ) : (
            <>
              <NarrowedBy narrowing={page === undefined ? {} : { page }} onRemove={() => change({ page: undefined })} />
              <Times address={address} series={found} period={period} />
              <Transactions
                address={address}
                period={period}
                current={page}
                onChoose={(next) => change({ page: next })}
              />
            </>
          )
        }
      </Loaded>
    </ProjectPage>
  )
}

const QUANTILES = [
  { key: 'p50', name: 'Median (p50)', color: '--chart-1' },
  { key: 'p75', name: '75th percentile', color: '--chart-2' },
  { key: 'p95', name: '95th percentile', color: '--chart-4' },
] as const

interface TimesProps {
  address: ProjectAddress
  series: MeasurementSeriesJson
  period: Period
}

const Times = ({ address, series: { all, steps, intervals }, period }: TimesProps) => {
  const marks = useMarks(address, intervals)
  const times = intervals.map((at) => Date.parse(at))
  const shown = (value: number): string => (all.count === 0 ? '–' : formatMs(value))
  return (
    <>
      <Tiles label="Times in all">
        {QUANTILES.map(({ key, name }) => (
          <Tile key={key} label={name} value={shown(all[key])} />
        ))}
        <Tile label="Transactions" value={formatCount(all.count)} note={`in ${PERIODS[period].words}`} />
      </Tiles>
      <div className="panel">
        <Chart
          title="Duration"
          summary={`Median ${shown(all.p50)}, 95th percentile ${shown(all.p95)} in ${PERIODS[period].words}.`}
          kind="lines"
          times={times}
          stepMs={stepOf(period)}
          series={QUANTILES.map(({ key, name, color }) => ({
            name,
            color,
            values: steps.map((step) => step?.[key] ?? null),
          }))}
          marks={marks}
          format={formatMs}
        />
      </div>
      <div className="panel">
        <Chart
          title="Transactions"
          summary={`${formatCount(all.count)} in ${PERIODS[period].words}.`}
          kind="bars"
          times={times}
          stepMs={stepOf(period)}
          series={[{ name: 'Transactions', color: '--chart-1', values: steps.map((step) => step?.count ?? 0) }]}
          format={formatCount}
        />
      </div>
    </>
  )
}
