import { Hono } from 'hono'
import * as v from 'valibot'
import { MEASUREMENT_GROUPS, type FigureStore } from '../ports/figures.ts'
import type { OutcomeStore } from '../ports/outcomes.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import type { OutcomeJson } from './ingest-shapes.ts'
import { healthJson } from './release-health-json.ts'
import { valid } from './valid.ts'

export interface FigureDeps {
  figures: FigureStore
  outcomes: OutcomeStore
  now: () => number
}

const HOUR_MS = 3_600_000

const hours = v.optional(
  v.pipe(v.string(), v.regex(/^\d{1,4}$/, 'must be a whole number of hours'), v.transform(Number)),
  '24',
)

const MeasurementQuery = v.object({
  name: v.pipe(v.string(), v.regex(/^[a-z_.]{1,50}$/, 'must be a name such as lcp, inp, cls, fcp, ttfb or duration')),
  by: v.optional(v.picklist(MEASUREMENT_GROUPS), 'page'),
  hours,
})

/** What is kept as numbers: how sessions went, how long pages took, and what became of all that came in. */
export const figureRoutes = ({ figures, outcomes, now }: FigureDeps) =>
  new Hono<ApiEnv>()
    .get(
      '/projects/:org/:project/measurements/',
      authorize('event:read'),
      valid('query', MeasurementQuery),
      async (c) => {
        const { hours, ...query } = c.req.valid('query')
        const since = now() - hours * HOUR_MS
        return c.json(await figures.distributions({ projectId: c.var.project.id, since, ...query }))
      },
    )
    .get(
      '/projects/:org/:project/release-health/',
      authorize('event:read'),
      valid('query', v.object({ hours })),
      async (c) => {
        const since = now() - c.req.valid('query').hours * HOUR_MS
        return c.json((await figures.releaseHealth(c.var.project.id, since)).map(healthJson))
      },
    )
    .get('/projects/:org/:project/outcomes/', authorize('project:read'), async (c) =>
      c.json(
        (await outcomes.list(c.var.project.id)).map(({ hour, ...counted }): OutcomeJson => ({
          hour: new Date(hour).toISOString(),
          ...counted,
        })),
      ),
    )
