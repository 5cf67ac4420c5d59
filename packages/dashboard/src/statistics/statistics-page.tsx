import { getRouteApi } from '@tanstack/react-router'
import { DEFAULT_PERIOD } from '../figures/period.ts'
import { PeriodPicker } from '../figures/period-picker.tsx'
import { ProjectPage } from '../figures/project-page.tsx'
import { ErrorBudget } from './error-budget.tsx'
import { EventsOverTime } from './events-over-time.tsx'
import { Report } from './report.tsx'
import { ResponseTimes } from './response-times.tsx'
import { readStatisticsSearch } from './search.ts'
import './statistics.css'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/statistics')

/** How much fails, how long people take to mend it, and how much may still fail. */
export const StatisticsPage = () => {
  const address = route.useParams()
  const { period = DEFAULT_PERIOD, by = 'severity' } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (changed: Record<string, string>) =>
    void navigate({ search: (before) => readStatisticsSearch({ ...before, ...changed }), replace: true })
  return (
    <ProjectPage
      title="Statistics"
      project={address.project}
      aside={<PeriodPicker period={period} onChange={(next) => change({ period: next })} />}
    >
      <EventsOverTime address={address} period={period} by={by} onGroup={(next) => change({ by: next })} />
      <ResponseTimes address={address} period={period} />
      <ErrorBudget address={address} />
      <Report address={address} period={period} />
    </ProjectPage>
  )
}
