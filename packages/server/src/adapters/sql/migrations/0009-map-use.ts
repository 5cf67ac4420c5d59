import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

// Which map resolved which event. What came before is not known; passes over stored events fill it in.
export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .createTable('map_use')
    .addColumn('artifact_id', types.bigint, (column) => column.notNull())
    .addColumn('event_id', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('map_use_key', ['artifact_id', 'event_id'])
    .execute()
  await db.schema.createIndex('map_use_by_event').on('map_use').column('event_id').execute()
}
