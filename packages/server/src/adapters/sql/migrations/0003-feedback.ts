import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('feedback'))
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('feedback_id', types.text, (column) => column.notNull())
    .addColumn('event_id', types.text)
    .addColumn('status', types.text, (column) => column.notNull())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('email', types.text, (column) => column.notNull())
    .addColumn('message', types.text, (column) => column.notNull())
    .addColumn('url', types.text, (column) => column.notNull())
    .addColumn('source', types.text, (column) => column.notNull())
    .addColumn('release', types.text)
    .addColumn('environment', types.text, (column) => column.notNull())
    .addColumn('happened_at', types.bigint, (column) => column.notNull())
    .addColumn('received_at', types.bigint, (column) => column.notNull())
    .addUniqueConstraint('feedback_key', ['project_id', 'feedback_id'])
    .execute()
  await db.schema.createIndex('feedback_inbox').on('feedback').columns(['project_id', 'status', 'id']).execute()
  await db.schema.createIndex('feedback_by_event').on('feedback').columns(['project_id', 'event_id']).execute()
  await types
    .id(db.schema.createTable('attachment'))
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('event_id', types.text, (column) => column.notNull())
    .addColumn('attachment_id', types.text, (column) => column.notNull())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('content_type', types.text, (column) => column.notNull())
    .addColumn('size', types.bigint, (column) => column.notNull())
    .addColumn('received_at', types.bigint, (column) => column.notNull())
    .addColumn('bytes', types.blob, (column) => column.notNull())
    .addUniqueConstraint('attachment_key', ['project_id', 'event_id', 'attachment_id'])
    .execute()
}
