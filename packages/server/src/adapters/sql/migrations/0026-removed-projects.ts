import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

// What is stored of a project that was removed goes in small steps.
export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .createTable('removed_project')
    .addColumn('project_id', types.bigint, (column) => column.primaryKey())
    .addColumn('removed_at', types.bigint, (column) => column.notNull())
    .execute()
}
