import type { Kysely } from 'kysely'

// What deleted events leave behind: frames that nothing shows any more, and how often each hash was seen.
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .alterTable('frame')
    .addColumn('used_on', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema
    .alterTable('issue_hash')
    .addColumn('thinned_count', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}
