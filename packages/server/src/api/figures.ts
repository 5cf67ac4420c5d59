import { Hono } from 'hono'
import * as v from 'valibot'
import {
  MEASUREMENT_GROUPS,
  type FigureStore,
  type Measured,
  type MeasuredAt,
  type SessionStep,
  type Steps,
} from '../ports/figures.ts'
import { limitsOf } from '../statistics/vital-ratings.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import type { BlamedJson, DistributionJson, MeasurementSeriesJson, SessionSeriesJson } from './figure-shapes.ts'
import { PeriodFields } from './period.ts'
import { healthJson } from './release-health-json.ts'
import { beginnings, boundedSteps, frameJson, StepName } from './steps.ts'
import { valid } from './valid.ts'

export interface FigureDeps {
  figures: FigureStore
  now: () => number
}

const HOUR_MS = 3_600_000

const hours = v.optional(
  v.pipe(v.string(), v.regex(/^\d{1,4}$/, 'must be a whole number of hours'), v.transform(Number)),
  '24',
)

const name = v.pipe(
  v.string(),
  v.regex(/^[a-z_.]{1,50}$/, 'must be a name such as lcp, inp, cls, fcp, ttfb or duration'),
)
const place = v.optional(v.pipe(v.string(), v.maxLength(250)))
/** Only what was measured there. */
const Places = { page: place, release: place, environment: place, browser: place, device: place }

const DistributionQuery = v.object({ name, by: v.optional(v.picklist(MEASUREMENT_GROUPS), 'page'), hours, ...Places })
const SeriesQuery = v.object({ name, interval: StepName, ...PeriodFields, ...Places })
const BlamedQuery = v.object({ name, hours, page: place })
const SessionQuery = v.object({ interval: StepName, ...PeriodFields, release: place })

type Placed = { [group in keyof MeasuredAt]?: string | undefined }

const whereOf = (query: Placed): MeasuredAt =>
  Object.fromEntries(MEASUREMENT_GROUPS.flatMap((group) => (query[group] === undefined ? [] : [[group, query[group]]])))

const seriesJson = (
  measured: { all: Measured; steps: (Measured & { at: number })[] },
  { name, steps }: { name: string; steps: Steps },
): MeasurementSeriesJson => {
  const byTime = new Map(measured.steps.map(({ at, ...step }) => [at, step]))
  return {
    ...frameJson(steps),
    limits: limitsOf(name) ?? null,
    all: measured.all,
    steps: beginnings(steps).map((at) => byTime.get(at) ?? null),
  }
}

// A hostile client may name any number of releases.
const RELEASES_AT_MOST = 50

const sessionsJson = (found: readonly SessionStep[], steps: Steps): SessionSeriesJson => {
  const times = beginnings(steps)
  const positions = new Map(times.map((at, position) => [at, position]))
  const releases = new Map<string, SessionSeriesJson['releases'][number]>()
  for (const { at, release, sessions, crashed } of found) {
    const position = positions.get(at)
    if (position === undefined) continue
    const row = releases.get(release) ?? {
      release,
      total: 0,
      sessions: times.map(() => 0),
      crashed: times.map(() => 0),
    }
    releases.set(release, row)
    row.total += sessions
    row.sessions[position] = sessions
    row.crashed[position] = crashed
  }
  const all = [...releases.values()].toSorted((a, b) => b.total - a.total)
  return { ...frameJson(steps), releases: all.slice(0, RELEASES_AT_MOST) }
}

const measurementRoutes = ({ figures, now }: FigureDeps) =>
  new Hono<ApiEnv>()
    .get(
      '/projects/:org/:project/measurements/',
      authorize('event:read'),
      valid('query', DistributionQuery),
      async (c) => {
        const { hours, name, by, ...places } = c.req.valid('query')
        const query = { projectId: c.var.project.id, since: now() - hours * HOUR_MS, name, by, where: whereOf(places) }
        return c.json((await figures.distributions(query)) satisfies DistributionJson[] as DistributionJson[])
      },
    )
    .get(
      '/projects/:org/:project/measurements/series/',
      authorize('event:read'),
      valid('query', SeriesQuery),
      async (c) => {
        const { name, interval, statsPeriod, start, end, ...places } = c.req.valid('query')
        const steps = boundedSteps({ interval, statsPeriod, start, end }, now())
        const query = { projectId: c.var.project.id, name, where: whereOf(places), within: steps }
        return c.json(seriesJson(await figures.series(query), { name, steps }))
      },
    )
    .get(
      '/projects/:org/:project/measurements/targets/',
      authorize('event:read'),
      valid('query', BlamedQuery),
      async (c) => {
        const { hours, name, page } = c.req.valid('query')
        const query = { projectId: c.var.project.id, since: now() - hours * HOUR_MS, name }
        return c.json((await figures.blamed(page === undefined ? query : { ...query, page })) as BlamedJson[])
      },
    )

const sessionRoutes = ({ figures, now }: FigureDeps) =>
  new Hono<ApiEnv>()
    .get(
      '/projects/:org/:project/release-health/',
      authorize('event:read'),
      valid('query', v.object({ hours })),
      async (c) => {
        const since = now() - c.req.valid('query').hours * HOUR_MS
        return c.json((await figures.releaseHealth(c.var.project.id, since)).map(healthJson))
      },
    )
    .get(
      '/projects/:org/:project/release-health/series/',
      authorize('event:read'),
      valid('query', SessionQuery),
      async (c) => {
        const { release, ...named } = c.req.valid('query')
        const steps = boundedSteps(named, now())
        return c.json(sessionsJson(await figures.sessionSteps(c.var.project.id, steps, release), steps))
      },
    )

/** What is kept as numbers: how sessions went, and how long pages took. */
export const figureRoutes = (deps: FigureDeps) =>
  new Hono<ApiEnv>().route('/', measurementRoutes(deps)).route('/', sessionRoutes(deps))
