// How far a transfer is, kept in the store that is filled: it commits with the rows themselves.
import type { AnyStore } from './tables.ts'

const TABLE = 'transfer_progress'

export interface TableProgress {
  /** The key of the last row that was copied; absent before the first. */
  after?: unknown[]
  isDone: boolean
}

export const prepareProgress = async (target: AnyStore): Promise<void> => {
  await target.schema
    .createTable(TABLE)
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('progress', 'text', (column) => column.notNull())
    .execute()
}

export const readProgress = async (target: AnyStore): Promise<Map<string, TableProgress>> => {
  const rows = await target.selectFrom(TABLE).selectAll().execute()
  return new Map(rows.map(({ name, progress }) => [name, JSON.parse(progress)]))
}

export const noteCopied = async (target: AnyStore, name: string, copied: TableProgress): Promise<void> => {
  const progress = JSON.stringify(copied)
  await target
    .insertInto(TABLE)
    .values({ name, progress })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ progress }))
    .execute()
}

export const forgetProgress = async (target: AnyStore): Promise<void> => {
  await target.schema.dropTable(TABLE).ifExists().execute()
}
