import { sql } from 'kysely'
import { columnsOf, keyOf, type AnyStore, type Row, type Table } from './tables.ts'
import { noteCopied, readProgress, type TableProgress } from './progress.ts'

// SQLite takes 32,766 parameters in one statement, PostgreSQL 65,535.
const PARAMETERS = 30_000
const ROWS_AT_ONCE = 1000
const BYTES_AT_ONCE = 8_000_000

export const rowsAtOnce = ({ columns }: Table): number =>
  Math.min(ROWS_AT_ONCE, Math.floor(PARAMETERS / columns.length))

const sizeOf = (row: Row): number =>
  Object.values(row).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' || value instanceof Uint8Array ? value.length : 8),
    0,
  )

/** As many of the rows as are sent in one statement. */
const bounded = (rows: Row[]): Row[] => {
  let bytes = 0
  const end = rows.findIndex((row) => (bytes += sizeOf(row)) > BYTES_AT_ONCE)
  return end === -1 ? rows : rows.slice(0, Math.max(1, end))
}

/** The next rows in the order of their keys. */
export const readAfter = async (db: AnyStore, table: Table, after: readonly unknown[] | undefined): Promise<Row[]> => {
  const key = columnsOf(table.key)
  const beyond = after === undefined ? sql`` : sql`where (${key}) > (${sql.join(after.map((part) => sql`${part}`))})`
  const { rows } = await sql<Row>`select ${columnsOf(table.columns)} from ${sql.table(table.name)} ${beyond}
    order by ${key} limit ${rowsAtOnce(table)}`.execute(db)
  return bounded(rows)
}

/** Writes rows, but not over others; gives the keys of those that were written. */
export const insertRows = async (db: AnyStore, table: Table, rows: readonly Row[]): Promise<unknown[][]> => {
  if (rows.length === 0) return []
  const written = await db
    .insertInto(table.name)
    .values(rows as Row[])
    .onConflict((conflict) => conflict.doNothing())
    .returning(table.key)
    .execute()
  return written.map((row) => keyOf(table, row))
}

const copyTable = async (
  { source, target }: Stores,
  table: Table,
  begun: TableProgress,
  onRows: (rows: number) => void,
): Promise<void> => {
  for (let { after } = begun; ;) {
    const rows = await readAfter(source, table, after)
    if (rows.length === 0) break
    after = keyOf(table, rows.at(-1)!)
    const progress = { after, isDone: false }
    await target.transaction().execute(async (write) => {
      await insertRows(write, table, rows)
      await noteCopied(write, table.name, progress)
    })
    onRows(rows.length)
  }
  await noteCopied(target, table.name, { isDone: true })
}

export interface Stores {
  source: AnyStore
  target: AnyStore
}

/**
 * Copies every table, from where an earlier run was cut off. A row that changes meanwhile may find its place taken by one
 * that moved away since: it is left out here, since both are among the changes that are followed afterwards.
 */
export const copyTables = async (
  stores: Stores,
  tables: readonly Table[],
  onRows: (table: string, rows: number) => void,
): Promise<void> => {
  const progress = await readProgress(stores.target)
  for (const table of tables) {
    const begun = progress.get(table.name) ?? { isDone: false }
    if (!begun.isDone) await copyTable(stores, table, begun, (rows) => onRows(table.name, rows))
  }
}
