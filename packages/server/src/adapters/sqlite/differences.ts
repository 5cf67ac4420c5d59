import { sql } from 'kysely'
import { sqliteTypes } from '../sql/column-types.ts'
import type { Differences } from '../sql/differences.ts'
import { undividedEvents } from '../sql/event-days.ts'
import { sqliteTextIndex } from '../sql/text-index.ts'

// 64 pages of 4 KB: an incremental vacuum holds the write lock.
const PAGES_PER_STEP = 256

export const sqliteDifferences: Differences = {
  types: sqliteTypes,
  textIndex: sqliteTextIndex,
  eventDays: undividedEvents,
  // Whoever writes is alone.
  transactionOn: (db, _projectIds, work) => db.transaction().execute(work),
  // One process runs on a folder.
  process: '',
  claim: async (_db, _work, { ids }) => [...ids],
  takeTurn: async () => undefined,
  isAnswering: async () => true,
  erasing: async (db, work) => {
    // Without it, deleted rows stay readable in the file until their pages are used again.
    await sql`pragma secure_delete = on`.execute(db)
    const result = await work().finally(() => sql`pragma secure_delete = off`.execute(db))
    await sql`pragma wal_checkpoint(truncate)`.execute(db)
    return result
  },
  releaseSpace: async (db) => {
    const { rows } = await sql`pragma incremental_vacuum(${sql.lit(PAGES_PER_STEP)})`.execute(db)
    return rows.length > 0
  },
}
