import { sql, type Kysely } from 'kysely'
import type { Tables } from '../sql/tables.ts'

/** The last number that each of the tables has given, where it has given any. */
export const lastOfAutoincrements = async (
  db: Kysely<Tables>,
  tables: readonly string[],
): Promise<Map<string, number>> => {
  const { rows } = await sql<{ name: string; seq: number }>`
    select name, seq from sqlite_sequence where seq > 0`.execute(db)
  return new Map(rows.filter(({ name }) => tables.includes(name)).map(({ name, seq }) => [name, seq]))
}

/** Lets tables count on after the numbers that another store has given: none is given twice. */
export const continueAutoincrements = (db: Kysely<Tables>, numbers: ReadonlyMap<string, number>): Promise<void> =>
  db.transaction().execute(async (write) => {
    for (const [table, last] of numbers) {
      await sql`delete from sqlite_sequence where name = ${table}`.execute(write)
      await sql`insert into sqlite_sequence (name, seq) values (${table}, ${last})`.execute(write)
    }
  })
