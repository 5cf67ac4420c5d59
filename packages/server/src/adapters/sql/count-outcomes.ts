import type { Transaction } from 'kysely'
import type { Outcome, OutcomeReport } from '../../ports/events.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const HOUR_MS = 3_600_000

/** False for a report that was counted before. */
const isFirst = async (db: Write, { projectId, id, outcomes }: OutcomeReport): Promise<boolean> => {
  if (id === undefined) return true
  const inserted = await db
    .insertInto('counted_report')
    .values({ project_id: projectId, report_id: id, counted_at: outcomes[0]?.at ?? 0 })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(inserted.numInsertedOrUpdatedRows ?? 0) > 0
}

/** Adds up what is counted in one row. */
const sumUp = (outcomes: readonly Outcome[]): Tables['outcome'][] => {
  const rows = new Map<string, Tables['outcome']>()
  for (const { at, projectId, quantity, category, outcome, reason } of outcomes) {
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS
    const key = [projectId, hour, category, outcome, reason].join('\0')
    const sum = (rows.get(key)?.quantity ?? 0) + quantity
    rows.set(key, { project_id: projectId, hour, category, outcome, reason, quantity: sum })
  }
  return [...rows.values()]
}

const ROWS_AT_ONCE = 500

/** Adds outcomes to what was counted in their hours. */
export const countOutcomes = async (db: Write, outcomes: readonly Outcome[]): Promise<void> => {
  const rows = sumUp(outcomes)
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await db
      .insertInto('outcome')
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .onConflict((conflict) =>
        conflict
          .columns(['project_id', 'hour', 'category', 'outcome', 'reason'])
          .doUpdateSet((eb) => ({ quantity: eb('outcome.quantity', '+', eb.ref('excluded.quantity')) })),
      )
      .execute()
}

/** What reports tell, without those that were counted before. */
export const freshOutcomes = async (db: Write, reports: readonly OutcomeReport[]): Promise<Outcome[]> => {
  const fresh: Outcome[] = []
  for (const report of reports) if (await isFirst(db, report)) fresh.push(...report.outcomes)
  return fresh
}
