import { Kysely, Migrator, SqliteDialect } from 'kysely'
import type { SqliteDatabase } from 'kysely'
import { openSqlite } from '../sqlite/open-sqlite.ts'
import { type ColumnTypes, sqliteTypes } from './column-types.ts'
import { migrations } from './migrations/index.ts'
import type { Tables } from './tables.ts'

export type MainDatabase = Kysely<Tables>

/** The main store in a SQLite file. Each thread opens its own. */
export const openMainDatabase = (file: string): MainDatabase =>
  new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(file) as unknown as SqliteDatabase }) })

/** Brings the schema to the newest version. Throws when the store was written by a newer Foghorn. */
export const migrate = async (db: MainDatabase, types: ColumnTypes = sqliteTypes): Promise<void> => {
  const { error } = await new Migrator({ db, provider: migrations(types) }).migrateToLatest()
  if (error)
    throw new Error(
      'The store could not be brought to this version of Foghorn. Run the version that wrote it, or a newer one.',
      {
        cause: error,
      },
    )
}
