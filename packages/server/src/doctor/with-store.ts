import { openMainDatabase, type MainDatabase } from '../adapters/sql/database.ts'
import { mainFile } from '../data-folder.ts'

/** Opens the main store as it is, for one piece of work. */
export const withStore = async <Result>(data: string, work: (db: MainDatabase) => Promise<Result>): Promise<Result> => {
  const db = openMainDatabase(mainFile(data))
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}
