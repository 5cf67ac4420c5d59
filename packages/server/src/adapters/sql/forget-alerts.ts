import { sql, type Transaction } from 'kysely'
import { ROW } from './functions.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const DAY_MS = 24 * 3_600_000
// As long as the longest look back: an hour beside the week before, and an event a day late.
const TALLIES_DAYS = 9
const DELIVERIES_DAYS = 30
const ALERTS_DAYS = 180
const AT_ONCE = 5000

const forgetTallies = async (db: Write, now: number): Promise<bigint> => {
  const since = now - TALLIES_DAYS * DAY_MS
  // Slots are minutes or hours since 1970: minutes are sixty times as many, so that one bound tells both apart.
  const [minute, hour] = [Math.floor(since / 60_000), Math.floor(since / 3_600_000)]
  let forgotten = 0n
  for (const table of ['alert_tally', 'alert_person', 'alert_grade'])
    for (const [from, to] of [
      [0, hour],
      [hour * 2, minute],
    ] as const) {
      const { numAffectedRows = 0n } = await sql`
        delete from ${sql.table(table)} where ${ROW} in (
          select ${ROW} from ${sql.table(table)} where slot >= ${from} and slot < ${to} limit ${AT_ONCE})`.execute(db)
      forgotten += numAffectedRows
    }
  return forgotten
}

/** Alerts and deliveries are numbered as they come, so that the oldest are at the beginning. */
const forgetOldest = async (db: Write, now: number): Promise<bigint> => {
  const { numAffectedRows: deliveries = 0n } = await sql`
    delete from notification where id in (
      select id from (select id, coalesce(ended_at, due_at) as last_at from notification order by id limit ${AT_ONCE}) as oldest
      where last_at < ${now - DELIVERIES_DAYS * DAY_MS})`.execute(db)
  const { numAffectedRows: alerts = 0n } = await sql`
    delete from alert where id in (
      select id from (select id, fired_at from alert order by id limit ${AT_ONCE}) as oldest
      where fired_at < ${now - ALERTS_DAYS * DAY_MS})`.execute(db)
  return deliveries + alerts
}

/** Deletes some of what nobody needs any more; false when there was nothing. */
export const forgetAlerts = async (db: Write, now: number): Promise<boolean> =>
  (await forgetTallies(db, now)) + (await forgetOldest(db, now)) > 0n
