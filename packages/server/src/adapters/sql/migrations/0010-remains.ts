import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

// What deleted events leave behind: frames that nothing shows any more, and how often each hash was seen.
export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .alterTable('frame')
    .addColumn('used_on', types.bigint, (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema
    .alterTable('issue_hash')
    .addColumn('thinned_count', types.bigint, (column) => column.notNull().defaultTo(0))
    .execute()
}
