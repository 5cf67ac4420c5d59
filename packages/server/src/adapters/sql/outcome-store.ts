import type { CountedOutcome, OutcomeStore } from '../../ports/outcomes.ts'
import type { MainDatabase } from './database.ts'

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
