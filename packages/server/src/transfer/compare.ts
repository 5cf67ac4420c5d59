import { createHash } from 'node:crypto'
import { keyOf, type AnyStore, type Row, type Table } from './tables.ts'
import { readAfter } from './copy-tables.ts'

export interface Content {
  rows: number
  /** Equal for equal rows, in whatever order a store gives them. */
  hash: string
}

/** A value as both stores can have it: PostgreSQL has no NUL in texts. */
export const comparable = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return typeof value === 'string' ? value.replaceAll('\0', '\u{FFFD}') : value
}

const hashOf = ({ columns }: Table, row: Row): bigint => {
  const words = JSON.stringify(columns.map((column) => comparable(row[column])))
  return createHash('sha256').update(words).digest().readBigUInt64BE()
}

/** The rows of a table, counted and hashed. */
export const readContent = async (
  db: AnyStore,
  table: Table,
  onRows: (rows: number) => void = () => undefined,
): Promise<Content> => {
  let [rows, sum] = [0, 0n]
  for (let after: unknown[] | undefined; ;) {
    const some = await readAfter(db, table, after)
    if (some.length === 0) return { rows, hash: BigInt.asUintN(64, sum).toString(16) }
    for (const row of some) sum += hashOf(table, row)
    rows += some.length
    after = keyOf(table, some.at(-1)!)
    onRows(some.length)
  }
}
