import { Hono } from 'hono'
import * as v from 'valibot'
import type { Steps } from '../ports/figures.ts'
import type { Inbox } from '../ports/inbox.ts'
import type { CountedOutcome, OutcomeStore } from '../ports/outcomes.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import type { InboxJson, OutcomeSeriesJson } from './figure-shapes.ts'
import type { OutcomeJson } from './ingest-shapes.ts'
import { iso } from './issue-json.ts'
import { PeriodFields } from './period.ts'
import { beginnings, boundedSteps, frameJson, StepName } from './steps.ts'
import { valid } from './valid.ts'

export interface OutcomeDeps {
  outcomes: OutcomeStore
  inbox: Pick<Inbox, 'load'>
  now: () => number
}

type Group = OutcomeSeriesJson['groups'][number]

const seriesJson = (counted: readonly CountedOutcome[], steps: Steps): OutcomeSeriesJson => {
  const times = beginnings(steps)
  const positions = new Map(times.map((at, position) => [at, position]))
  const groups = new Map<string, Group>()
  for (const { hour, quantity, category, outcome, reason } of counted) {
    const position = positions.get(hour)
    if (position === undefined) continue
    const key = JSON.stringify([category, outcome, reason])
    const group = groups.get(key) ?? { category, outcome, reason, total: 0, series: times.map(() => 0) }
    groups.set(key, group)
    group.total += quantity
    group.series[position] = quantity
  }
  return { ...frameJson(steps), groups: [...groups.values()].toSorted((a, b) => b.total - a.total) }
}

/** What became of all that came in, and what has not been looked at yet. */
export const outcomeRoutes = ({ outcomes, inbox, now }: OutcomeDeps) =>
  new Hono<ApiEnv>()
    .get('/projects/:org/:project/outcomes/', authorize('project:read'), async (c) =>
      c.json(
        (await outcomes.list(c.var.project.id)).map(({ hour, ...counted }): OutcomeJson => ({
          hour: iso(hour),
          ...counted,
        })),
      ),
    )
    .get(
      '/projects/:org/:project/outcomes/series/',
      authorize('project:read'),
      valid('query', v.object({ interval: StepName, ...PeriodFields })),
      async (c) => {
        const steps = boundedSteps(c.req.valid('query'), now())
        return c.json(seriesJson(await outcomes.steps(c.var.project.id, steps), steps))
      },
    )
    .get('/projects/:org/:project/inbox/', authorize('project:read'), async (c) => {
      const { items, bytes, oldest } = await inbox.load()
      return c.json({ waiting: items, bytes, oldest: oldest === undefined ? null : iso(oldest) } satisfies InboxJson)
    })
