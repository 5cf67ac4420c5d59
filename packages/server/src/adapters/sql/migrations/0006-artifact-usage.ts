import { sql, type Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

// A file may have come with several bundles; it goes with the last of them.
const linkBundles = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .createTable('artifact_in_bundle')
    .addColumn('bundle_id', types.bigint, (column) => column.notNull())
    .addColumn('artifact_id', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('artifact_in_bundle_key', ['bundle_id', 'artifact_id'])
    .execute()
  await db.schema.createIndex('bundle_by_artifact').on('artifact_in_bundle').column('artifact_id').execute()
  await sql`insert into artifact_in_bundle (bundle_id, artifact_id) select bundle_id, id from artifact`.execute(db)
  await db.schema.alterTable('artifact').dropColumn('bundle_id').execute()
}

const noteUse = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .alterTable('artifact')
    .addColumn('used_at', types.bigint, (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema
    .alterTable('artifact')
    .addColumn('events', types.bigint, (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema
    .createIndex('artifact_bundle_by_age')
    .on('artifact_bundle')
    .columns(['project_id', 'uploaded_at'])
    .execute()
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await linkBundles(db, types)
  await noteUse(db, types)
}
