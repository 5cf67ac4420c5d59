import type { MainDatabase } from '../adapters/sql/main-database.ts'
import { chooseDatabase, postgresOf } from '../choose-database.ts'
import type { Config } from '../config.ts'

/** Opens the main store as it is, for one piece of work. */
export const withStore = async <Result>(
  config: Config,
  work: (db: MainDatabase) => Promise<Result>,
): Promise<Result> => {
  const db = await chooseDatabase(config.data, postgresOf(config))
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}
