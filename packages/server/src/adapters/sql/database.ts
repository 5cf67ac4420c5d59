import { CompiledQuery, Kysely, Migrator, sql, SqliteDialect, SqliteDriver } from 'kysely'
import type { DatabaseConnection, DialectAdapter, SqliteDatabase } from 'kysely'
import { sqliteDifferences } from '../sqlite/differences.ts'
import { openSqlite } from '../sqlite/open-sqlite.ts'
import { differencesOf, tellingDifferences } from './differences.ts'
import type { MainDatabase } from './main-database.ts'
import { migrations } from './migrations/index.ts'
import type { Tables } from './tables.ts'

/**
 * A transaction that begins with a read and then writes fails at once, without waiting, when another thread wrote in
 * between (SQLITE_BUSY_SNAPSHOT). Begun as a writer, it waits for its turn.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** A full disk has ended the transaction already; what failed should be told, not that. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => undefined)
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: SqliteDatabase

  constructor(database: SqliteDatabase) {
    super({ database })
    this.#database = database
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver({ database: this.#database })
  }

  override createAdapter(): DialectAdapter {
    return tellingDifferences(super.createAdapter(), sqliteDifferences)
  }
}

/** The main store in a SQLite file. Each thread opens its own. */
export const openMainDatabase = (file: string): MainDatabase =>
  new Kysely<Tables>({ dialect: new ImmediateDialect(openSqlite(file) as unknown as SqliteDatabase) })

/** Brings the schema to the newest version. */
export const migrate = async (db: MainDatabase): Promise<void> => {
  const { error } = await new Migrator({ db, provider: migrations(differencesOf(db)) }).migrateToLatest()
  if (error) throw error
}

/** Rejects when the store does not answer. */
export const checkDatabase = async (db: MainDatabase): Promise<void> => void (await sql`select 1`.execute(db))
