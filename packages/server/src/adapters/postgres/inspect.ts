import { sql } from 'kysely'
import type { MainDatabase } from '../sql/main-database.ts'

/** Versions of servers as they count them themselves. */
const OLDEST = 150_000

/** Throws for a server that is too old. */
export const checkServer = async (db: MainDatabase): Promise<void> => {
  const version = await serverVersion(db)
  if (Number(version.number) < OLDEST)
    throw new Error(`the server is PostgreSQL ${version.name}, and Foghorn needs 15 or newer`)
}

export const serverVersion = async (db: MainDatabase): Promise<{ number: string; name: string }> => {
  const { rows } = await sql<{ number: string; name: string }>`
    select current_setting('server_version_num') as number, current_setting('server_version') as name`.execute(db)
  return rows[0]!
}

/** Migrations that the database has been through. */
export const appliedMigrations = async (db: MainDatabase): Promise<string[]> => {
  const { rows: found } = await sql<{
    there: number
  }>`select to_regclass('kysely_migration') is not null as there`.execute(db)
  if (!found[0]!.there) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}

export const indexNames = async (db: MainDatabase): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select indexname as name from pg_indexes where schemaname = current_schema()`.execute(db)
  return rows.map(({ name }) => name)
}

export interface LockSettings {
  /** `max_locks_per_transaction` */
  perTransaction: number
  /** That may be under way at once, prepared ones included. */
  transactions: number
  /** Connections to this database. */
  open: number
  /** Of the table of events. */
  partitions: number
  /** What of each partition is locked: the table and its indexes. */
  relations: number
}

export const lockSettings = async (db: MainDatabase): Promise<LockSettings> => {
  const { rows } = await sql<LockSettings>`select
    current_setting('max_locks_per_transaction')::int as "perTransaction",
    current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int as transactions,
    (select count(*)::int from pg_stat_activity where datname = current_database()) as open,
    (select count(*)::int from pg_inherits where inhparent = to_regclass('event')) as partitions,
    (select count(*)::int + 1 from pg_index where indrelid = to_regclass('event')) as relations`.execute(db)
  return rows[0]!
}
