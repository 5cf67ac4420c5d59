import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

/** Which elements were to blame for vitals, with the values in the same buckets as those of measurements. */
export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .createTable('vital_target')
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('hour', types.bigint, (column) => column.notNull())
    .addColumn('page', types.text, (column) => column.notNull())
    .addColumn('target', types.text, (column) => column.notNull())
    .addColumn('bucket', types.bigint, (column) => column.notNull())
    .addColumn('quantity', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('vital_target_key', ['project_id', 'name', 'hour', 'page', 'target', 'bucket'])
    .execute()
}
