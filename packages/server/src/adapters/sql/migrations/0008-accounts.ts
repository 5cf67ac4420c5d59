import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

const extendTokens = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema.alterTable('api_token').addColumn('expires_at', types.bigint).execute()
  // The last characters, by which people tell their tokens apart. Older tokens have none.
  await db.schema
    .alterTable('api_token')
    .addColumn('ending', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  await db.schema.createIndex('api_token_by_organization').on('api_token').columns(['organization_id', 'id']).execute()
}

const createTeams = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('team'))
    .addColumn('organization_id', 'integer', (column) => column.notNull())
    .addColumn('slug', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addUniqueConstraint('team_slug', ['organization_id', 'slug'])
    .execute()
  await db.schema
    .createTable('team_member')
    .addColumn('team_id', 'integer', (column) => column.notNull())
    .addColumn('account_id', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('team_member_key', ['team_id', 'account_id'])
    .execute()
  await db.schema
    .createTable('team_project')
    .addColumn('team_id', 'integer', (column) => column.notNull())
    .addColumn('project_id', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('team_project_key', ['team_id', 'project_id'])
    .execute()
}

const createRecords = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('audit_entry'))
    .addColumn('organization_id', 'integer', (column) => column.notNull())
    .addColumn('happened_at', types.bigint, (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('audit_by_organization').on('audit_entry').columns(['organization_id', 'id']).execute()
  await db.schema
    .createTable('log_in_failure')
    .addColumn('name_hash', 'text', (column) => column.notNull())
    .addColumn('failed_at', types.bigint, (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('log_in_failure_by_name')
    .on('log_in_failure')
    .columns(['name_hash', 'failed_at'])
    .execute()
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await extendTokens(db, types)
  await createTeams(db, types)
  await createRecords(db, types)
  await db.schema.createIndex('session_by_account').on('session').column('account_id').execute()
  await db.schema
    .createIndex('membership_by_organization')
    .on('membership')
    .columns(['organization_id', 'account_id'])
    .execute()
}
