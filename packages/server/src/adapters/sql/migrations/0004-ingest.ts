import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

const createSessions = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .createTable('client_session')
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('session_id', types.text, (column) => column.notNull())
    .addColumn('started_at', types.bigint, (column) => column.notNull())
    .addColumn('release', types.text, (column) => column.notNull())
    .addColumn('environment', types.text, (column) => column.notNull())
    .addColumn('user_key', types.text)
    // 0 ok, 1 errored, 2 abnormal, 3 crashed: a later message never makes it better.
    .addColumn('severity', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('client_session_key', ['project_id', 'session_id'])
    .execute()
  await db.schema
    .createIndex('client_session_by_time')
    .on('client_session')
    .columns(['project_id', 'started_at'])
    .execute()
  await db.schema
    .createTable('session_count')
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('hour', types.bigint, (column) => column.notNull())
    .addColumn('release', types.text, (column) => column.notNull())
    .addColumn('environment', types.text, (column) => column.notNull())
    .addColumn('severity', types.bigint, (column) => column.notNull())
    .addColumn('quantity', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('session_count_key', ['project_id', 'hour', 'release', 'environment', 'severity'])
    .execute()
}

const createMeasurements = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .createTable('measurement')
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('hour', types.bigint, (column) => column.notNull())
    .addColumn('page', types.text, (column) => column.notNull())
    .addColumn('release', types.text, (column) => column.notNull())
    .addColumn('environment', types.text, (column) => column.notNull())
    .addColumn('browser', types.text, (column) => column.notNull())
    .addColumn('device', types.text, (column) => column.notNull())
    .addColumn('bucket', types.bigint, (column) => column.notNull())
    .addColumn('quantity', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('measurement_key', [
      'project_id',
      'name',
      'hour',
      'page',
      'release',
      'environment',
      'browser',
      'device',
      'bucket',
    ])
    .execute()
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await createSessions(db, types)
  await createMeasurements(db, types)
  await db.schema
    .createTable('ingest_settings')
    .addColumn('project_id', types.bigint, (column) => column.primaryKey())
    .addColumn('settings', types.text, (column) => column.notNull())
    .execute()
  // Requests that are stored and may still stand in the inbox: written with the events, so that none is counted twice.
  await db.schema
    .createTable('digested_item')
    .addColumn('item_id', types.bigint, (column) => column.primaryKey())
    .execute()
}
