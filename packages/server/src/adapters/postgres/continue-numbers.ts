import { sql, type Kysely } from 'kysely'
import type { Tables } from '../sql/tables.ts'

/** Lets tables count on after the numbers that another store has given: none is given twice. */
export const continueNumbers = async (db: Kysely<Tables>, numbers: ReadonlyMap<string, number>): Promise<void> => {
  for (const [table, last] of numbers)
    if (last > 0) await sql`select setval(pg_get_serial_sequence(${table}, 'id'), ${last})`.execute(db)
}
