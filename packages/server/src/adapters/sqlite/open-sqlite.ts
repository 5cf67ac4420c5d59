import Libsql from 'libsql'

type Parameters = readonly unknown[]
type Row = Record<string, unknown>

export interface SqliteStatement {
  readonly reader: boolean
  all(parameters: Parameters): Row[]
  run(parameters: Parameters): { changes: number; lastInsertRowid: number | bigint }
  iterate(parameters: Parameters): IterableIterator<Row>
}

export interface Sqlite {
  prepare(sql: string): SqliteStatement
  exec(sql: string): void
  /** Runs `work` in a transaction: all of it is committed, or none. */
  transaction<Arguments extends unknown[], Result>(work: (...args: Arguments) => Result): (...args: Arguments) => Result
  close(): void
}

// libsql 0.5.29 hands out blobs as ArrayBuffer from all(), unlike from get(), and crashes the process when the only
// parameter is a buffer outside a list (checked 2026-11). This is the one place that talks to it.

const asBytes = (row: Row): Row => {
  for (const name in row) if (row[name] instanceof ArrayBuffer) row[name] = new Uint8Array(row[name])
  return row
}

const statement = (prepared: Libsql.Statement): SqliteStatement => ({
  reader: prepared.reader,
  all: (parameters) => (prepared.all([...parameters]) as Row[]).map(asBytes),
  run: (parameters) => prepared.run([...parameters]),
  *iterate(parameters) {
    for (const row of prepared.all([...parameters]) as Row[]) yield asBytes(row)
  },
})

/** Opens a SQLite file for use by several threads and processes; a commit returns once it will survive the loss of power. */
export const openSqlite = (file: string): Sqlite => {
  const db = new Libsql(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('busy_timeout = 5000')
  return {
    prepare: (sql) => statement(db.prepare(sql)),
    exec: (sql) => void db.exec(sql),
    transaction: (work) => db.transaction(work as (...args: unknown[]) => unknown) as unknown as typeof work,
    close: () => void db.close(),
  }
}
