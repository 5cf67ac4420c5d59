import type { MeasurementSeriesJson } from '@foghorn/server'
import { useQueries } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { figuresQuery } from '../figures/figures-query.ts'
import { DEFAULT_PERIOD, type Period, PERIODS } from '../figures/period.ts'
import { PeriodPicker } from '../figures/period-picker.tsx'
import { ProjectPage } from '../figures/project-page.tsx'
import { Failure, Skeleton } from '../ui/states.tsx'
import { Breakdown } from './breakdown.tsx'
import { NarrowedBy } from './narrowed-by.tsx'
import { NoVitals } from './no-vitals.tsx'
import { narrowingOf, readVitalsSearch } from './search.ts'
import { type Vital, VITALS } from './vital.ts'
import { VitalChart } from './vital-chart.tsx'
import { VitalTiles } from './vital-tiles.tsx'
import { ToBlame } from './to-blame.tsx'
import './vitals.css'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/vitals')

/** How page loads feel to visitors, by Google's measures. */
export const VitalsPage = () => {
  const { project } = route.useParams()
  const { period = DEFAULT_PERIOD } = route.useSearch()
  const change = useChange()
  return (
    <ProjectPage
      title="Web vitals"
      project={project}
      aside={<PeriodPicker period={period} onChange={(next) => change({ period: next })} />}
    >
      <Vitals period={period} />
    </ProjectPage>
  )
}

const useChange = () => {
  const navigate = route.useNavigate()
  return (changed: Record<string, string | undefined>) =>
    void navigate({ search: (before) => readVitalsSearch({ ...before, ...changed }), replace: true })
}

const NAMES = Object.keys(VITALS) as Vital[]

const Vitals = ({ period }: { period: Period }) => {
  const address = route.useParams()
  const search = route.useSearch()
  const change = useChange()
  const narrowing = narrowingOf(search)
  const { vital = 'lcp', by = 'page' } = search
  const series = useQueries({
    queries: NAMES.map((name) =>
      figuresQuery<MeasurementSeriesJson>(address, 'measurements/series/', {
        name,
        statsPeriod: period,
        interval: PERIODS[period].interval,
        ...narrowing,
      }),
    ),
  })
  const failed = series.find(({ data, error }) => data === undefined && error)
  if (failed?.error)
    return <Failure error={failed.error} onRetry={() => series.forEach(({ refetch }) => void refetch())} />
  const found = new Map(NAMES.flatMap((name, at) => (series[at]?.data ? [[name, series[at].data] as const] : [])))
  if (found.size < NAMES.length) return <Skeleton lines={14} label="Loading web vitals" />
  const isEmpty = [...found.values()].every(({ all }) => all.count === 0)
  if (isEmpty && Object.keys(narrowing).length === 0) return <NoVitals address={address} period={period} />
  return (
    <>
      <NarrowedBy narrowing={narrowing} onRemove={(group) => change({ [group]: undefined })} />
      <VitalTiles found={found} current={vital} onChoose={(next) => change({ vital: next })} />
      <VitalChart address={address} vital={vital} series={found.get(vital)!} period={period} />
      <Breakdown
        address={address}
        shown={{ vital, by, period, narrowing }}
        onGroup={(next) => change({ by: next })}
        onNarrow={(value) => change({ [by]: value })}
      />
      <ToBlame address={address} shown={{ vital, period, page: narrowing.page }} />
    </>
  )
}
