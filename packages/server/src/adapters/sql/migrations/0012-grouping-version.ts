import { sql, type Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

// Projects that are there have been grouped by version 1, and go on with it.
export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .alterTable('project')
    .addColumn('grouping_version', types.bigint, (column) => column.notNull().defaultTo(1))
    .execute()
  await db.schema.alterTable('project').addColumn('former_grouping_version', types.bigint).execute()
  await db.schema.alterTable('project').addColumn('former_grouping_until', types.bigint).execute()
  // What an issue has taken in tells its story too.
  await db.schema
    .createIndex('issue_by_merged_into')
    .on('issue')
    .column('merged_into')
    .where(sql.ref('merged_into'), 'is not', null)
    .execute()
}
