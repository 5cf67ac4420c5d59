import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('feedback'))
    .addColumn('project_id', 'integer', (column) => column.notNull())
    .addColumn('feedback_id', 'text', (column) => column.notNull())
    .addColumn('event_id', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('release', 'text')
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('happened_at', types.bigint, (column) => column.notNull())
    .addColumn('received_at', types.bigint, (column) => column.notNull())
    .addUniqueConstraint('feedback_key', ['project_id', 'feedback_id'])
    .execute()
  await db.schema.createIndex('feedback_inbox').on('feedback').columns(['project_id', 'status', 'id']).execute()
  await db.schema.createIndex('feedback_by_event').on('feedback').columns(['project_id', 'event_id']).execute()
  await types
    .id(db.schema.createTable('attachment'))
    .addColumn('project_id', 'integer', (column) => column.notNull())
    .addColumn('event_id', 'text', (column) => column.notNull())
    .addColumn('attachment_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('content_type', 'text', (column) => column.notNull())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('received_at', types.bigint, (column) => column.notNull())
    .addColumn('bytes', types.blob, (column) => column.notNull())
    .addUniqueConstraint('attachment_key', ['project_id', 'event_id', 'attachment_id'])
    .execute()
}
