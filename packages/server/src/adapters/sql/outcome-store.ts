import { sql } from 'kysely'
import type { CountedOutcome, OutcomeStore } from '../../ports/outcomes.ts'
import type { MainDatabase } from './main-database.ts'
import { hourOf } from './hour-counts.ts'

export const sqlOutcomeStore = (db: MainDatabase): OutcomeStore => ({
  list: async (projectId) => {
    const rows = await db
      .selectFrom('outcome')
      .selectAll()
      .where('project_id', '=', projectId)
      .orderBy('hour')
      .orderBy('category')
      .orderBy('outcome')
      .orderBy('reason')
      .execute()
    return rows.map(({ hour, category, outcome, reason, quantity }): CountedOutcome => ({
      hour,
      category,
      outcome: outcome as CountedOutcome['outcome'],
      reason,
      quantity,
    }))
  },
  steps: async (projectId, { period: { from, to }, stepMs }) => {
    const rows = await db
      .selectFrom('outcome')
      .select(({ fn }) => [
        sql<number>`hour - hour % ${stepMs}`.as('at'),
        'category',
        'outcome',
        'reason',
        fn.sum<number>('quantity').as('quantity'),
      ])
      .where('project_id', '=', projectId)
      .where('hour', '>=', hourOf(from))
      .where('hour', '<', to)
      .groupBy(['at', 'category', 'outcome', 'reason'])
      .orderBy('at')
      .execute()
    return rows.map(({ at, category, outcome, reason, quantity }) => ({
      hour: Number(at),
      category,
      outcome: outcome as CountedOutcome['outcome'],
      reason,
      quantity: Number(quantity),
    }))
  },
  totals: async (from) => {
    const rows = await db
      .selectFrom('outcome')
      .select(({ fn }) => ['hour', 'category', 'outcome', fn.sum<number>('quantity').as('quantity')])
      .where('hour', '>=', from)
      .groupBy(['hour', 'category', 'outcome'])
      .execute()
    return rows.map(({ hour, category, outcome, quantity }) => ({
      hour: Number(hour),
      category,
      outcome: outcome as CountedOutcome['outcome'],
      quantity: Number(quantity),
    }))
  },
})
