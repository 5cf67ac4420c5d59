import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import type { AuditLog } from '../ports/audit.ts'
import type { StatisticsStore } from '../ports/statistics.ts'
import { budgetPeriod, errorBudget } from '../statistics/error-budget.ts'
import { measure } from '../statistics/measure.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import { iso } from './issue-json.ts'
import type { ErrorBudgetJson } from './statistics-shapes.ts'
import { valid } from './valid.ts'

export interface ErrorBudgetDeps {
  statistics: StatisticsStore
  audit: AuditLog
  now: () => number
}

const windowDays = v.optional(
  v.pipe(
    v.number(),
    v.integer('must be whole days'),
    v.minValue(1, 'must be 1 to 90 days'),
    v.maxValue(90, 'must be 1 to 90 days'),
  ),
  28,
)

const NewObjective = v.variant('kind', [
  v.object({
    kind: v.literal('crash-free-sessions'),
    target: v.pipe(
      v.number(),
      v.minValue(0.5, 'must be a share from 0.5 to 0.99999'),
      v.maxValue(0.99999, 'must be a share from 0.5 to 0.99999'),
    ),
    windowDays,
  }),
  v.object({
    kind: v.literal('errors'),
    target: v.pipe(
      v.number(),
      v.minValue(1, 'must be 1 error a day or more'),
      v.maxValue(1e9, 'must be 1,000,000,000 at most'),
    ),
    windowDays,
  }),
])

/** How much failing a project tolerates, what is left of that, and how fast it goes. */
export const errorBudgetRoutes = ({ statistics, audit, now }: ErrorBudgetDeps) => {
  const answer = async (c: Context<ApiEnv>): Promise<ErrorBudgetJson> => {
    const { id } = c.var.project
    const objective = await statistics.objective(id)
    if (!objective) return { objective: null, budget: null }
    const period = budgetPeriod(objective, now())
    const measured = await measure(statistics, id, { kind: objective.kind, period })
    const { exhaustedAt, days, ...budget } = errorBudget(objective, measured, now())
    return {
      objective,
      budget: {
        ...budget,
        dateExhausted: exhaustedAt === null ? null : iso(exhaustedAt),
        days: days.map(({ at, all, bad }) => ({ day: iso(at).slice(0, 10), all, bad })),
      },
    }
  }

  return new Hono<ApiEnv>()
    .get('/projects/:org/:project/error-budget/', authorize('event:read'), async (c) => c.json(await answer(c)))
    .put(
      '/projects/:org/:project/error-budget/',
      authorize('project:write'),
      valid('json', NewObjective),
      async (c) => {
        await statistics.setObjective(c.var.project.id, c.req.valid('json'))
        await note(audit, c, { action: 'objective.edit', target: c.var.project.slug })
        return c.json(await answer(c))
      },
    )
    .delete('/projects/:org/:project/error-budget/', authorize('project:write'), async (c) => {
      await statistics.setObjective(c.var.project.id, undefined)
      await note(audit, c, { action: 'objective.edit', target: c.var.project.slug })
      return c.body(null, 204)
    })
}
