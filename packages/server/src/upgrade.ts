import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { appliedMigrations, checkServer } from './adapters/postgres/inspect.ts'
import type { PostgresSettings } from './adapters/postgres/connect.ts'
import { openPostgres } from './adapters/postgres/database.ts'
import { differencesOf } from './adapters/sql/differences.ts'
import { migrate, openMainDatabase } from './adapters/sql/database.ts'
import type { MainDatabase } from './adapters/sql/main-database.ts'
import { pendingMigrations, unknownMigrations } from './adapters/sql/migrations/index.ts'
import { copySqlite, migrationsOf } from './adapters/sqlite/inspect-sqlite.ts'
import { BACKUPS, mainFile } from './data-folder.ts'

/** A store that this version cannot work on; the message tells what to do. */
export class StoreError extends Error {}

const KEPT_COPIES = 3

const nameOfCopy = (migration: string): string => `before-${migration}.db`

/** Keeps the main store as it was. Files beside it are never changed by an upgrade, so they need no copy. */
const keepCopy = async (data: string, migration: string): Promise<string> => {
  const folder = join(data, BACKUPS)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const copy = join(folder, nameOfCopy(migration))
  if (existsSync(copy)) return copy
  const partial = `${copy}.partial`
  await rm(partial, { force: true })
  copySqlite(mainFile(data), partial)
  await rename(partial, copy)
  const copies = (await readdir(folder)).filter((name) => /^before-.*\.db$/.test(name)).toSorted()
  for (const old of copies.slice(0, -KEPT_COPIES)) await rm(join(folder, old))
  return copy
}

/** Stores of before 0007 never gave space back: rewriting the file once changes that. */
const letShrink = async (db: MainDatabase): Promise<void> => {
  const { rows } = await sql<{ auto_vacuum: number }>`pragma auto_vacuum`.execute(db)
  if (rows[0]?.auto_vacuum === 0) await sql`vacuum`.execute(db)
}

const refuseNewer = (done: readonly string[], store: string, instead: string): void => {
  const unknown = unknownMigrations(done)
  if (unknown.length > 0)
    throw new StoreError(
      `${store} was written by a newer Foghorn (it has ${unknown.join(', ')}). Run that version or a newer one, or ${instead}.`,
    )
}

const migrateStore = async (data: string, copy: string | undefined): Promise<void> => {
  const db = openMainDatabase(mainFile(data))
  try {
    await migrate(db)
    await letShrink(db)
  } catch (error) {
    const wayBack = copy === undefined ? '' : ` To go back, put ${copy} in its place.`
    throw new StoreError(
      `The store ${mainFile(data)} could not be upgraded: ${(error as Error).message}.${wayBack} Run: foghorn doctor`,
      { cause: error },
    )
  } finally {
    await db.destroy()
  }
}

// Of the network; connection exceptions, refused authorization, unknown database, and a server that shuts down or starts.
const UNREACHABLE = /^(?:E[A-Z_]+|08...|28...|3D...|57P..)$/

const isConnecting = (error: unknown): error is Error => {
  const { code, message } = error as NodeJS.ErrnoException
  return code === undefined ? /timeout|terminated/i.test(message) : UNREACHABLE.test(code)
}

const unreachable = (cause: Error): StoreError =>
  new StoreError(
    `The database of FOGHORN_DATABASE_URL cannot be reached: ${cause.message || (cause as NodeJS.ErrnoException).code}. Check the URL, and whether the server runs and takes this service.`,
    { cause },
  )

/**
 * Brings a database to this version's schema; of several processes that start at once, one does. Throws StoreError for one
 * that a newer version wrote.
 */
const upgradeDatabase = async (postgres: PostgresSettings, now: number): Promise<void> => {
  // As long as it takes: an index of a large table is made in one statement.
  const db = await openPostgres({ ...postgres, connections: 2, statementMs: undefined })
  try {
    await checkServer(db)
    refuseNewer(await appliedMigrations(db), 'The database', 'set another FOGHORN_DATABASE_URL')
    await migrate(db)
    await differencesOf(db).eventDays.prepare(db, now)
  } catch (error) {
    if (error instanceof StoreError) throw error
    if (isConnecting(error)) throw unreachable(error)
    throw new StoreError(
      `The database of FOGHORN_DATABASE_URL could not be brought up to date: ${(error as Error).message}. Run: foghorn doctor`,
      { cause: error },
    )
  } finally {
    await db.destroy()
  }
}

/**
 * Makes the data folder, or brings what is in it to this version's schema. An existing store is copied first. Throws
 * StoreError for a store that a newer version wrote.
 */
export const upgrade = async (data: string, postgres?: PostgresSettings, now = Date.now()): Promise<void> => {
  await mkdir(data, { recursive: true, mode: 0o700 })
  if (postgres) return upgradeDatabase(postgres, now)
  const done = existsSync(mainFile(data)) ? migrationsOf(mainFile(data)) : []
  refuseNewer(done, `The store in ${data}`, 'choose another folder with --data')
  const [first] = pendingMigrations(done)
  if (first === undefined) return
  const copy = done.length === 0 ? undefined : await keepCopy(data, first)
  await migrateStore(data, copy)
}
