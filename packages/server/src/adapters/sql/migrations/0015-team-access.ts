import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

// Which projects members see, and what their teams add to what they may do there.
export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .alterTable('organization')
    .addColumn('open_membership', types.bigint, (column) => column.notNull().defaultTo(1))
    .execute()
  await db.schema.alterTable('team_member').addColumn('role', types.text).execute()
  await db.schema.createIndex('team_member_by_account').on('team_member').column('account_id').execute()
}
