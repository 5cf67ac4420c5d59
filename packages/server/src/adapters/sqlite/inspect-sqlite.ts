import { openSqliteToRead, type Sqlite } from './open-sqlite.ts'

const using = <Result>(file: string, read: (db: Sqlite) => Result): Result => {
  const db = openSqliteToRead(file)
  try {
    return read(db)
  } finally {
    db.close()
  }
}

/** Copies a database as it is at one moment, compacted, while others read and write it. The target must not exist. */
export const copySqlite = (from: string, to: string): void =>
  using(from, (db) => db.exec(`VACUUM INTO '${to.replaceAll("'", "''")}'`))

/** What SQLite finds wrong within a file; empty when it is sound. A file that is no database gives one finding. */
export const damageOf = (file: string): string[] => {
  try {
    const rows = using(file, (db) => db.prepare('PRAGMA integrity_check(10)').all([]))
    return rows.map((row) => String(row['integrity_check'])).filter((finding) => finding !== 'ok')
  } catch (error) {
    return [(error as Error).message]
  }
}

const nameList = (db: Sqlite, type: 'table' | 'index'): string[] =>
  db
    .prepare("SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all([type])
    .map((row) => String(row['name']))

/** Names of a file's tables or indexes. */
export const namesIn = (file: string, type: 'table' | 'index'): string[] => using(file, (db) => nameList(db, type))

/** Rows of each table. */
export const countRows = (file: string): Record<string, number> =>
  using(file, (db) => {
    const count = (table: string): number =>
      Number(db.prepare(`SELECT count(*) AS rows FROM "${table}"`).all([])[0]!['rows'])
    return Object.fromEntries(nameList(db, 'table').map((table) => [table, count(table)]))
  })

/** The migrations that a main store has been through, oldest first. */
export const migrationsOf = (file: string): string[] =>
  using(file, (db) =>
    nameList(db, 'table').includes('kysely_migration')
      ? db
          .prepare('SELECT name FROM kysely_migration ORDER BY name')
          .all([])
          .map((row) => String(row['name']))
      : [],
  )
