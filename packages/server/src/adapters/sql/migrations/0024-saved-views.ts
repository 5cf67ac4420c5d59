import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('saved_view'))
    .addColumn('organization_id', 'integer', (column) => column.notNull())
    .addColumn('account_id', 'integer', (column) => column.notNull())
    .addColumn('project_id', 'integer')
    .addColumn('is_shared', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    // JSON.
    .addColumn('search', 'text', (column) => column.notNull())
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
    .addColumn('project_id', 'integer', (column) => column.primaryKey())
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('editor', 'text', (column) => column.notNull())
    .execute()
}
