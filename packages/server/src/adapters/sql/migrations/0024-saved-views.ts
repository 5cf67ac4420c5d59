import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('saved_view'))
    .addColumn('organization_id', types.bigint, (column) => column.notNull())
    .addColumn('account_id', types.bigint, (column) => column.notNull())
    .addColumn('project_id', types.bigint)
    .addColumn('is_shared', types.bigint, (column) => column.notNull())
    .addColumn('name', types.text, (column) => column.notNull())
    // JSON.
    .addColumn('search', types.text, (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('saved_view_by_account')
    .on('saved_view')
    .columns(['organization_id', 'account_id', 'id'])
    .execute()
  await db.schema
    .createIndex('saved_view_by_project')
    .on('saved_view')
    .columns(['project_id', 'is_shared', 'id'])
    .execute()
  await db.schema
    .createTable('source_link')
    .addColumn('project_id', types.bigint, (column) => column.primaryKey())
    .addColumn('repository', types.text, (column) => column.notNull())
    .addColumn('editor', types.text, (column) => column.notNull())
    .execute()
}
