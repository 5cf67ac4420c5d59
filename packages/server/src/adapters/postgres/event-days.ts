// Events in partitions: one for each day, `event_before` for all before the first of those, and `event_default` for what is
// left of days that are no more, and for what a wrong clock brings.
import { sql, type Transaction } from 'kysely'
import type { MainDatabase } from '../sql/main-database.ts'
import type { EventDays } from '../sql/event-days.ts'
import type { Tables } from '../sql/tables.ts'
import { divideEvents } from './divide-events.ts'

const BEFORE = 'event_before'
const DAY_MS = 24 * 3_600_000
/** How many days are made ahead of time. */
const AHEAD = 7
/** What there is at most once events have been kept for so many days: today, and the two that are no days, as well. */
export const partitionsOfDays = (days: number): number => days + AHEAD + 3

/** Events that are moved while nobody can read any. */
const FEW = 200

/** Whoever asks for events waits as long as we do. */
const PATIENCE_MS = 200

const LOCK_NOT_AVAILABLE = '55P03'
/** Events of that day are in the default partition. */
const CHECK_VIOLATION = '23514'

interface Partition {
  name: string
  /** The time at which it ends. */
  ends: number
}

const startOfDay = (time: number): number => Math.floor(time / DAY_MS) * DAY_MS

const nameOf = (day: number): string => `event_${new Date(day).toISOString().slice(0, 10).replaceAll('-', '')}`

/** All but the default one. */
const partitionsOf = async (db: MainDatabase): Promise<Partition[]> => {
  const { rows } = await sql<Partition>`
    select relname as name, substring(pg_get_expr(relpartbound, oid) from 'TO [(]''([0-9]+)''')::bigint as ends
    from pg_inherits join pg_class on oid = inhrelid
    where inhparent = 'event'::regclass and relname <> 'event_default' order by ends`.execute(db)
  return rows
}

const isOf = (error: unknown, code: string): boolean => (error as { code?: unknown }).code === code

/** Changes partitions while nobody writes; false when somebody was reading: later, then. */
const change = async (db: MainDatabase, work: (db: Transaction<Tables>) => Promise<unknown>): Promise<boolean> => {
  try {
    await db.transaction().execute(async (transaction) => {
      await sql`set local lock_timeout = ${sql.lit(PATIENCE_MS)}`.execute(transaction)
      await work(transaction)
    })
    return true
  } catch (error) {
    if (isOf(error, LOCK_NOT_AVAILABLE)) return false
    throw error
  }
}

const create = (db: MainDatabase, name: string, from: number | 'minvalue', to: number): Promise<boolean> =>
  change(db, (transaction) =>
    sql`create table if not exists ${sql.table(name)} partition of event
      for values from (${from === 'minvalue' ? sql.raw(from) : sql.lit(from)}) to (${sql.lit(to)})`.execute(
      transaction,
    ),
  ).catch((error: unknown) => {
    // They stay where they are.
    if (isOf(error, CHECK_VIOLATION)) return true
    throw error
  })

const prepare = async (db: MainDatabase, now: number): Promise<void> => {
  const today = startOfDay(now)
  const known = await partitionsOf(db)
  const names = new Set(known.map(({ name }) => name))
  const before = known.find(({ name }) => name === BEFORE)?.ends ?? today
  // What is copied from another store is of before, and would be looked through for each day if it were in the default one.
  if (known.length === 0) await create(db, BEFORE, 'minvalue', today)
  for (let day = Math.max(today, before); day <= today + AHEAD * DAY_MS; day += DAY_MS)
    if (!names.has(nameOf(day)) && !(await create(db, nameOf(day), day, day + DAY_MS))) return
}

const hasFew = async (db: MainDatabase, { name }: Partition): Promise<boolean> => {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select from ${sql.table(name)} limit ${FEW + 1}) as remains`.execute(db)
  return rows[0]!.count <= FEW
}

/** What is left, such as the first events of issues, goes to the default partition. */
const dissolve = async (db: Transaction<Tables>, { name }: Partition): Promise<void> => {
  const table = sql.table(name)
  await sql`alter table event detach partition ${table}`.execute(db)
  // Noted again as they are inserted.
  await sql`delete from event_key using ${table} as gone
    where event_key.project_id = gone.project_id and event_key.event_id = gone.event_id`.execute(db)
  await sql`insert into event select * from ${table}`.execute(db)
  await sql`drop table ${table}`.execute(db)
}

const release = async (db: MainDatabase, now: number): Promise<boolean> => {
  // What was received just before midnight is being stored just after.
  const past = (await partitionsOf(db)).filter(({ ends }) => ends <= now - DAY_MS)
  for (const partition of past)
    if (await hasFew(db, partition)) return change(db, (transaction) => dissolve(transaction, partition))
  return false
}

export const eventPartitions: EventDays = { divide: divideEvents, prepare, release }
