import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

// A map that turns out to be unreadable leads to the uploads that hold it; each of them fails once.
export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema.alterTable('artifact_bundle').addColumn('failed_at', types.bigint).execute()
  await db.schema.createIndex('artifact_by_content').on('artifact').columns(['hash', 'script_hash']).execute()
}
