import { existsSync } from 'node:fs'
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

const statement = (prepared: Libsql.Statement, sql: string): SqliteStatement => ({
  // A pragma that works step by step, such as incremental_vacuum, says that it reads nothing; run() would take one step.
  reader: prepared.reader || /^pragma /i.test(sql),
  all: (parameters) => (prepared.all([...parameters]) as Row[]).map(asBytes),
  run: (parameters) => prepared.run([...parameters]),
  *iterate(parameters) {
    for (const row of prepared.all([...parameters]) as Row[]) yield asBytes(row)
  },
})

const STATEMENTS_KEPT = 300

/** Preparing a statement costs more than most of them do: those used last are kept. */
const keepStatements = (prepare: (sql: string) => SqliteStatement): ((sql: string) => SqliteStatement) => {
  const kept = new Map<string, SqliteStatement>()
  return (sql) => {
    const found = kept.get(sql) ?? prepare(sql)
    kept.delete(sql)
    kept.set(sql, found)
    if (kept.size > STATEMENTS_KEPT) kept.delete(kept.keys().next().value!)
    return found
  }
}

export interface SqliteOptions {
  /** When a commit returns: `power` once it will survive the loss of power, `process` the end of the process. Default: `power`. */
  survives?: 'power' | 'process'
}

const asSqlite = (db: Libsql.Database): Sqlite => ({
  prepare: keepStatements((sql) => statement(db.prepare(sql), sql)),
  exec: (sql) => void db.exec(sql),
  transaction:
    (work) =>
    (...args) => {
      db.exec('begin immediate')
      try {
        const result = work(...args)
        db.exec('commit')
        return result
      } catch (error) {
        // A full disk has ended the transaction already; what failed should be told, not that.
        if (db.inTransaction) db.exec('rollback')
        throw error
      }
    },
  close: () => void db.close(),
})

/** Opens a SQLite file for use by several threads and processes. */
export const openSqlite = (file: string, { survives = 'power' }: SqliteOptions = {}): Sqlite => {
  const db = new Libsql(file)
  // First of all: the others, too, may meet somebody's lock.
  db.pragma('busy_timeout = 5000')
  // Lets deleted pages be given back to the disk. It counts only for a file that is made by this very call.
  db.pragma('auto_vacuum = INCREMENTAL')
  db.pragma('journal_mode = WAL')
  // 16 MB. What is written and rewritten or deleted in between reaches the file itself once, or never.
  db.pragma('wal_autocheckpoint = 4000')
  db.pragma(`synchronous = ${survives === 'power' ? 'FULL' : 'NORMAL'}`)
  return asSqlite(db)
}

/** Opens a file that has to be there as it is, to look at it. libsql 0.5.29 ignores `readonly` (checked 2026-11). */
export const openSqliteToRead = (file: string): Sqlite => {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`)
  const db = new Libsql(file)
  db.pragma('busy_timeout = 5000')
  return asSqlite(db)
}
