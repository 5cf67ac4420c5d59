// The main store of a test: in its data folder, or in a database, as the run has it.
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { inject } from 'vitest'
import { openPostgres } from '../src/adapters/postgres/database.ts'
import { openMainDatabase } from '../src/adapters/sql/database.ts'
import type { MainDatabase } from '../src/adapters/sql/main-database.ts'
import { mainFile } from '../src/data-folder.ts'
import type { StoreOptions } from '../src/stores.ts'
import { copyEmptyStore } from './empty-store.ts'
import { createDatabase, type TestDatabase } from './postgres-server.ts'

/** Whether this run keeps its stores in PostgreSQL. */
export const onPostgres = inject('postgresServer') !== undefined

const databases = new Map<string, TestDatabase>()

/** Puts an empty store with the newest schema where a folder's service will look for it. */
export const createEmptyStore = async (data: string): Promise<void> => {
  if (onPostgres) databases.set(data, await createDatabase())
  else copyEmptyStore(data)
}

/** Where the main store of a folder is, for `openStores`. */
export const storeOptions = (data: string): Pick<StoreOptions, 'postgres'> => ({
  postgres: databases.get(data)?.settings,
})

/** The settings of a service on a folder. */
export const storeEnvironment = (data: string): Record<string, string> => {
  const database = databases.get(data)
  return { FOGHORN_DATA: data, ...(database && { FOGHORN_DATABASE_URL: database.settings.url }) }
}

/** Opens the main store of a folder, for a look behind the service's back. */
export const openDatabase = async (data: string): Promise<MainDatabase> => {
  const database = databases.get(data)
  return database ? openPostgres({ ...database.settings, connections: 1 }) : openMainDatabase(mainFile(data))
}

export const dropStore = async (data: string): Promise<void> => {
  await databases.get(data)?.drop()
  databases.delete(data)
}

const allRows = async (db: MainDatabase): Promise<string> => {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = current_schema()`.execute(db)
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{
      text: string
    }>`select ${sql.table(name)}::text as text from ${sql.table(name)}`.execute(db)
    texts.push(...rows.map(({ text }) => text))
  }
  return texts.join('\n')
}

/** All that a store holds, as whoever gets at its files or its database reads it. */
export const everythingStored = async (data: string): Promise<string> => {
  if (!onPostgres) return [mainFile(data), `${mainFile(data)}-wal`].map((file) => readFileSync(file, 'latin1')).join('')
  const db = await openDatabase(data)
  return allRows(db).finally(() => db.destroy())
}

/** Makes the next insert into a table fail, as if the service died there; gives what ends that. */
export const dieAtInsert = async (db: MainDatabase, table: string): Promise<() => Promise<unknown>> => {
  const name = sql.raw(`die_${table}`)
  if (!onPostgres) {
    await sql`create trigger ${name} before insert on ${sql.table(table)}
      begin select raise(abort, 'killed'); end`.execute(db)
    return () => sql`drop trigger ${name}`.execute(db)
  }
  await sql`create or replace function die() returns trigger language plpgsql as
    $$ begin raise exception 'killed'; end $$`.execute(db)
  await sql`create trigger ${name} before insert on ${sql.table(table)} execute function die()`.execute(db)
  return () => sql`drop trigger ${name} on ${sql.table(table)}`.execute(db)
}
