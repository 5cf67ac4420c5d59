import { sql, type Kysely } from 'kysely'
import type { Tables } from '../sql/tables.ts'

/** The last number that each of the tables has given, where it has given any. */
export const lastOfSequences = async (db: Kysely<Tables>, tables: readonly string[]): Promise<Map<string, number>> => {
  const { rows } = await sql<{ name: string; last: number | null }>`
    select owner.relname as name, pg_sequence_last_value(sequence.oid) as last
    from pg_class sequence
    join pg_depend on objid = sequence.oid and classid = 'pg_class'::regclass and deptype in ('a', 'i')
    join pg_class owner on owner.oid = refobjid
    where sequence.relkind = 'S' and owner.relnamespace = current_schema()::regnamespace`.execute(db)
  return new Map(rows.flatMap(({ name, last }) => (last !== null && tables.includes(name) ? [[name, last]] : [])))
}

/** Lets tables count on after the numbers that another store has given: none is given twice. */
export const continueSequences = async (db: Kysely<Tables>, numbers: ReadonlyMap<string, number>): Promise<void> => {
  for (const [table, last] of numbers)
    await sql`select setval(pg_get_serial_sequence(${table}, 'id'), ${last})`.execute(db)
}
