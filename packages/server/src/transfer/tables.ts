// What a transfer copies, read from the embedded store's own schema: both stores have the same tables.
import { sql, type Kysely } from 'kysely'

/** A store of any tables. */
// Tables and columns are only known when they are read.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyStore = Kysely<any>

export interface Table {
  name: string
  columns: string[]
  /** The columns of its primary key, in their order. */
  key: string[]
}

/** A row as it is read and written. */
export type Row = Record<string, unknown>

// Numbers of the embedded inbox mean nothing elsewhere; failures to log in are forgotten within the hour; files are copied by
// themselves. The others are the search index, which follows the issues, and what the stores keep about their schema.
const LEFT_OUT = /^(?:digested_item|log_in_failure|blob|blob_part|issue_text.*|kysely_.*|sqlite_.*|transfer_.*)$/

interface ColumnRow {
  name: string
  pk: number
}

const readTable = async (db: AnyStore, name: string): Promise<Table> => {
  const { rows } = await sql<ColumnRow>`select name, pk from pragma_table_info(${name})`.execute(db)
  const key = rows.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk)
  if (key.length === 0) throw new Error(`The table ${name} has no primary key, so its rows cannot be told apart.`)
  return { name, columns: rows.map((column) => column.name), key: key.map((column) => column.name) }
}

/** Every table that is copied, from a store in SQLite. */
export const readTables = async (embedded: AnyStore): Promise<Table[]> => {
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_master where type = 'table' order by name`.execute(embedded)
  const names = rows.map(({ name }) => name).filter((name) => !LEFT_OUT.test(name))
  return Promise.all(names.map((name) => readTable(embedded, name)))
}

const comma = sql`, `

export const columnsOf = (names: readonly string[]) =>
  sql.join(
    names.map((name) => sql.ref(name)),
    comma,
  )

export const keyOf = ({ key }: Table, row: Row): unknown[] => key.map((column) => row[column])

/** Rows of the keys, where they are still there. */
export const readRows = async (db: AnyStore, table: Table, keys: readonly (readonly unknown[])[]): Promise<Row[]> => {
  const tuples = sql.join(
    keys.map(
      (key) =>
        sql`(${sql.join(
          key.map((part) => sql`${part}`),
          comma,
        )})`,
    ),
    comma,
  )
  const { rows } = await sql<Row>`select ${columnsOf(table.columns)} from ${sql.table(table.name)}
    where (${columnsOf(table.key)}) in (values ${tuples})`.execute(db)
  return rows
}
