import type { DeadLetterJson, InboxJson, OutcomeSeriesJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { figuresQuery } from '../figures/figures-query.ts'
import { DEFAULT_PERIOD, type Period, PERIODS, stepOf } from '../figures/period.ts'
import { PeriodPicker } from '../figures/period-picker.tsx'
import { ProjectPage } from '../figures/project-page.tsx'
import { Tile, Tiles } from '../figures/tile.tsx'
import { formatBytes } from '../figures/units.ts'
import { Age } from '../ui/age.tsx'
import { Chart } from '../ui/chart/chart.tsx'
import { formatCount } from '../ui/numbers.ts'
import { Select } from '../ui/select.tsx'
import { Loaded } from '../ui/states.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { NothingCameIn } from './nothing-came-in.tsx'
import { byOutcome, categoriesOf, OUTCOMES } from './outcomes.ts'
import { Reasons } from './reasons.tsx'
import { readIngestSearch } from './search.ts'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/ingest')

const useChange = () => {
  const navigate = route.useNavigate()
  return (changed: Record<string, string | undefined>) =>
    void navigate({ search: (before) => readIngestSearch({ ...before, ...changed }), replace: true })
}

/** What became of everything that came in, what still waits, and what could not be read. */
export const IngestPage = () => {
  const address = route.useParams()
  const { period = DEFAULT_PERIOD } = route.useSearch()
  const change = useChange()
  const outcomes = useQuery(
    figuresQuery<OutcomeSeriesJson>(address, 'outcomes/series/', {
      statsPeriod: period,
      interval: PERIODS[period].interval,
    }),
  )
  return (
    <ProjectPage
      title="Ingest health"
      project={address.project}
      aside={<PeriodPicker period={period} onChange={(next) => change({ period: next })} />}
    >
      <Loaded query={outcomes} lines={14} label="Loading what came in">
        {(found) => (
          <>
            <State outcomes={found} period={period} />
            {found.groups.length === 0 ? (
              <NothingCameIn address={address} period={period} />
            ) : (
              <Ledger outcomes={found} period={period} />
            )}
          </>
        )}
      </Loaded>
      <DeadLetters address={address} />
    </ProjectPage>
  )
}

const INBOX_REFRESH_MS = 5_000

const State = ({ outcomes, period }: { outcomes: OutcomeSeriesJson; period: Period }) => {
  const address = route.useParams()
  const inbox = useQuery({ ...figuresQuery<InboxJson>(address, 'inbox/'), refetchInterval: INBOX_REFRESH_MS })
  const letters = useQuery(figuresQuery<DeadLetterJson[]>(address, 'dead-letters/'))
  const all = byOutcome(outcomes, undefined)
  const total = (wanted: (outcome: string) => boolean): string =>
    formatCount(all.filter(({ outcome }) => wanted(outcome)).reduce((sum, { total }) => sum + total, 0))
  const words = `in ${PERIODS[period].words}`
  return (
    <Tiles label="State of the ingest">
      <Tile label="Accepted" value={total((outcome) => outcome === 'accepted')} note={words} />
      <Tile label="Not stored" value={total((outcome) => outcome !== 'accepted')} note={words} />
      <Tile
        label="Waiting to be digested"
        value={inbox.data ? formatCount(inbox.data.waiting) : '–'}
        note={inbox.data && <Waiting inbox={inbox.data} />}
      />
      <Tile
        label="Dead letters"
        value={letters.data ? formatCount(letters.data.length) : '–'}
        note={letters.data?.length ? 'could not be digested' : 'everything could be read'}
      />
    </Tiles>
  )
}

const Waiting = ({ inbox: { oldest, bytes } }: { inbox: InboxJson }) =>
  oldest === null ? (
    'of all projects'
  ) : (
    <>
      of all projects, {formatBytes(bytes)}, the oldest from <Age date={oldest} />
    </>
  )

const Ledger = ({ outcomes, period }: { outcomes: OutcomeSeriesJson; period: Period }) => {
  const { category } = route.useSearch()
  const change = useChange()
  const shown = byOutcome(outcomes, category)
  return (
    <>
      <div className="figures-toolbar">
        <Select
          label="Kind of what came in"
          value={category ?? ''}
          options={[['', 'Everything'], ...categoriesOf(outcomes).map((name) => [name, name] as const)]}
          onChange={(next) => change({ category: next || undefined })}
        />
      </div>
      <div className="panel">
        <Chart
          title="What became of what came in"
          summary={shown.map(({ outcome, total }) => `${OUTCOMES[outcome].name}: ${formatCount(total)}`).join(', ')}
          kind="bars"
          times={outcomes.intervals.map((at) => Date.parse(at))}
          stepMs={stepOf(period)}
          series={shown.map(({ outcome, values }) => ({
            name: OUTCOMES[outcome].name,
            color: OUTCOMES[outcome].color,
            values,
          }))}
          format={formatCount}
        />
      </div>
      <Reasons groups={outcomes.groups.filter((group) => category === undefined || group.category === category)} />
    </>
  )
}
