import { Hono } from 'hono'
import * as v from 'valibot'
import { DIMENSIONS, type Dimension } from '../event-facets.ts'
import type { Period, Tally } from '../ports/issue-search.ts'
import type { Steps } from '../ports/figures.ts'
import type { StatisticsStore } from '../ports/statistics.ts'
import { responseTimes } from '../statistics/response-times.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { iso } from './issue-json.ts'
import { invalidField } from './invalid-input.ts'
import { PeriodFields, periodOf } from './period.ts'
import { inSteps } from './stats-json.ts'
import { boundedPeriod, boundedSteps, frameJson, StepName, STEPS } from './steps.ts'
import type { ResponsesJson, StatisticsJson } from './statistics-shapes.ts'
import { valid } from './valid.ts'

export interface StatisticsDeps {
  statistics: StatisticsStore
  now: () => number
}

const DAY_MS = 24 * 3_600_000

const EventsQuery = v.object({
  by: v.optional(v.picklist(DIMENSIONS, `must be one of ${DIMENSIONS.join(', ')}`), 'level'),
  interval: StepName,
  ...PeriodFields,
})

const Seconds = v.pipe(
  v.string(),
  v.regex(/^\d{1,12}(?:\.\d{1,6})?$/, 'must be seconds since 1970'),
  v.transform(Number),
)

/** What Sentry's clients call what became of events. */
const OUTCOMES = {
  received: undefined,
  generated: ['accepted'],
  rejected: ['limited', 'failed'],
  blacklisted: ['filtered'],
} as const satisfies Record<string, readonly string[] | undefined>
type Stat = keyof typeof OUTCOMES

const StatsQuery = v.object({
  stat: v.optional(
    v.picklist(Object.keys(OUTCOMES) as Stat[], `must be one of ${Object.keys(OUTCOMES).join(', ')}`),
    'received',
  ),
  since: v.optional(Seconds),
  until: v.optional(Seconds),
  resolution: StepName,
})

const statisticsJson = (
  groups: ReadonlyMap<string, readonly Tally[]>,
  { by, period, stepMs }: Steps & { by: Dimension },
): StatisticsJson => ({
  ...frameJson({ period, stepMs }),
  groups: [...groups]
    .map(([value, tallies]) => {
      const series = inSteps(tallies, period, stepMs).map(([, count]) => count)
      const total = series.reduce((sum, count) => sum + count, 0)
      return { by: { [by]: value }, totals: { 'sum(quantity)': total }, series: { 'sum(quantity)': series } }
    })
    .toSorted((a, b) => b.totals['sum(quantity)'] - a.totals['sum(quantity)']),
})

const responsesOf = async (
  statistics: StatisticsStore,
  projectIds: readonly number[],
  period: Period,
): Promise<Pick<ResponsesJson, 'acknowledge' | 'resolve'>> => ({
  acknowledge: responseTimes(await statistics.acknowledgements(projectIds, period)),
  resolve: responseTimes(await statistics.resolutions(projectIds, period)),
})

/** Counts by the hour or day, and how long people take. */
export const statisticsRoutes = ({ statistics, now }: StatisticsDeps) =>
  new Hono<ApiEnv>()
    .get('/projects/:org/:project/statistics/', authorize('event:read'), valid('query', EventsQuery), async (c) => {
      const { by, ...named } = c.req.valid('query')
      const steps = boundedSteps(named, now())
      const groups = await statistics.events(c.var.project.id, by, steps)
      return c.json(statisticsJson(groups, { by, ...steps }))
    })
    .get('/projects/:org/:project/stats/', authorize('event:read'), valid('query', StatsQuery), async (c) => {
      const { stat, since, until, resolution } = c.req.valid('query')
      const to = until === undefined ? now() : until * 1000
      const from = since === undefined ? to - DAY_MS : since * 1000
      if (from > to) throw invalidField('since', 'The period ends before it begins.')
      const period = boundedPeriod({ start: iso(from), end: iso(to) }, now(), STEPS[resolution])
      const wanted: readonly string[] | undefined = OUTCOMES[stat]
      const counted = (await statistics.outcomes(c.var.project.id, period)).filter(
        ({ outcome }) => wanted?.includes(outcome) ?? true,
      )
      return c.json(inSteps(counted, period, STEPS[resolution]))
    })
    .get(
      '/projects/:org/:project/response-times/',
      authorize('event:read'),
      valid('query', v.object(PeriodFields)),
      async (c) => {
        const period = periodOf(c.req.valid('query'), now()) ?? periodOf({ statsPeriod: '30d' }, now())!
        const responses = await responsesOf(statistics, [c.var.project.id], period)
        return c.json({ start: iso(period.from), end: iso(period.to), ...responses } satisfies ResponsesJson)
      },
    )
