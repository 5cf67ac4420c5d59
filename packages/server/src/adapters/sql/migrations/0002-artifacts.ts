import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

// Absent debug IDs, releases and dists are empty texts: NULLs would all differ from each other in a unique constraint.

const createArtifacts = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('artifact_bundle'))
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('checksum', types.text, (column) => column.notNull())
    .addColumn('release', types.text, (column) => column.notNull())
    .addColumn('dist', types.text, (column) => column.notNull())
    .addColumn('size', types.bigint, (column) => column.notNull())
    .addColumn('uploaded_at', types.bigint, (column) => column.notNull())
    .addUniqueConstraint('artifact_bundle_key', ['project_id', 'checksum', 'release', 'dist'])
    .execute()
  await types
    .id(db.schema.createTable('artifact'))
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('bundle_id', types.bigint, (column) => column.notNull())
    .addColumn('kind', types.text, (column) => column.notNull())
    .addColumn('debug_id', types.text, (column) => column.notNull())
    .addColumn('url', types.text, (column) => column.notNull())
    .addColumn('script_url', types.text, (column) => column.notNull())
    .addColumn('file_name', types.text, (column) => column.notNull())
    .addColumn('release', types.text, (column) => column.notNull())
    .addColumn('dist', types.text, (column) => column.notNull())
    .addColumn('hash', types.text, (column) => column.notNull())
    .addColumn('script_hash', types.text, (column) => column.notNull())
    .addColumn('size', types.bigint, (column) => column.notNull())
    .addColumn('uploaded_at', types.bigint, (column) => column.notNull())
    .addUniqueConstraint('artifact_key', ['project_id', 'kind', 'debug_id', 'url', 'release', 'dist', 'hash'])
    .execute()
  await db.schema
    .createIndex('artifact_by_debug_id')
    .on('artifact')
    .columns(['project_id', 'debug_id', 'kind', 'uploaded_at'])
    .execute()
  await db.schema
    .createIndex('artifact_by_file_name')
    .on('artifact')
    .columns(['project_id', 'file_name', 'kind', 'uploaded_at'])
    .execute()
  await db.schema
    .createTable('map_index')
    .addColumn('hash', types.text, (column) => column.primaryKey())
    .addColumn('status', types.text, (column) => column.notNull())
    .addColumn('reason', types.text, (column) => column.notNull())
    .execute()
}

const createReleases = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('release'))
    .addColumn('organization_id', types.bigint, (column) => column.notNull())
    .addColumn('version', types.text, (column) => column.notNull())
    .addColumn('status', types.text, (column) => column.notNull())
    .addColumn('ref', types.text)
    .addColumn('url', types.text)
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addColumn('started_at', types.bigint)
    .addColumn('released_at', types.bigint)
    .addUniqueConstraint('release_version', ['organization_id', 'version'])
    .execute()
  await db.schema
    .createTable('release_project')
    .addColumn('release_id', types.bigint, (column) => column.notNull())
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('release_project_key', ['release_id', 'project_id'])
    .execute()
  await db.schema
    .createIndex('release_by_project')
    .on('release_project')
    .columns(['project_id', 'release_id'])
    .execute()
  await db.schema
    .createTable('release_commit')
    .addColumn('release_id', types.bigint, (column) => column.notNull())
    .addColumn('position', types.bigint, (column) => column.notNull())
    .addColumn('commit_id', types.text, (column) => column.notNull())
    .addColumn('repository', types.text)
    .addColumn('author_name', types.text)
    .addColumn('author_email', types.text)
    .addColumn('message', types.text)
    .addColumn('committed_at', types.bigint)
    .addColumn('patch_set', types.text, (column) => column.notNull())
    .addPrimaryKeyConstraint('release_commit_key', ['release_id', 'position'])
    .execute()
  await types
    .id(db.schema.createTable('deploy'))
    .addColumn('release_id', types.bigint, (column) => column.notNull())
    .addColumn('environment', types.text, (column) => column.notNull())
    .addColumn('name', types.text)
    .addColumn('url', types.text)
    .addColumn('started_at', types.bigint)
    .addColumn('finished_at', types.bigint)
    .execute()
  await db.schema.createIndex('deploy_by_release').on('deploy').column('release_id').execute()
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await createArtifacts(db, types)
  await createReleases(db, types)
}
