// Where the main store is: in the data folder, or in PostgreSQL.
import { openPostgres } from './adapters/postgres/database.ts'
import type { PostgresSettings } from './adapters/postgres/connect.ts'
import { openMainDatabase } from './adapters/sql/database.ts'
import type { MainDatabase } from './adapters/sql/main-database.ts'
import type { Config } from './config.ts'
import { mainFile } from './data-folder.ts'

/** PostgreSQL as the settings have it; undefined when they name no server. */
export const postgresOf = (config: Config): PostgresSettings | undefined => {
  const { databaseUrl: url, databaseReadUrl: readUrl, databasePool: connections, databaseTimeout } = config
  return url === undefined ? undefined : { url, readUrl, connections, statementMs: databaseTimeout * 1000 }
}

export const chooseDatabase = async (data: string, postgres: PostgresSettings | undefined): Promise<MainDatabase> =>
  postgres === undefined ? openMainDatabase(mainFile(data)) : openPostgres(postgres)

export interface Databases {
  db: MainDatabase
  /** Follows the other, a little behind. */
  replica?: MainDatabase
}

/** The main store, with its replica when there is one. */
export const chooseDatabases = async (data: string, postgres: PostgresSettings | undefined): Promise<Databases> => {
  const db = await chooseDatabase(data, postgres)
  return postgres?.readUrl === undefined
    ? { db }
    : { db, replica: await openPostgres({ ...postgres, url: postgres.readUrl }) }
}
