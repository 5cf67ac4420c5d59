import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

const extendTokens = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema.alterTable('api_token').addColumn('expires_at', types.bigint).execute()
  // The last characters, by which people tell their tokens apart. Older tokens have none.
  await db.schema
    .alterTable('api_token')
    .addColumn('ending', types.text, (column) => column.notNull().defaultTo(''))
    .execute()
  await db.schema.createIndex('api_token_by_organization').on('api_token').columns(['organization_id', 'id']).execute()
}

const createTeams = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('team'))
    .addColumn('organization_id', types.bigint, (column) => column.notNull())
    .addColumn('slug', types.text, (column) => column.notNull())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addUniqueConstraint('team_slug', ['organization_id', 'slug'])
    .execute()
  await db.schema
    .createTable('team_member')
    .addColumn('team_id', types.bigint, (column) => column.notNull())
    .addColumn('account_id', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('team_member_key', ['team_id', 'account_id'])
    .execute()
  await db.schema
    .createTable('team_project')
    .addColumn('team_id', types.bigint, (column) => column.notNull())
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('team_project_key', ['team_id', 'project_id'])
    .execute()
}

const createRecords = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('audit_entry'))
    .addColumn('organization_id', types.bigint, (column) => column.notNull())
    .addColumn('happened_at', types.bigint, (column) => column.notNull())
    .addColumn('actor', types.text, (column) => column.notNull())
    .addColumn('address', types.text, (column) => column.notNull())
    .addColumn('action', types.text, (column) => column.notNull())
    .addColumn('target', types.text, (column) => column.notNull())
    .execute()
  await db.schema.createIndex('audit_by_organization').on('audit_entry').columns(['organization_id', 'id']).execute()
  await db.schema
    .createTable('log_in_failure')
    .addColumn('name_hash', types.text, (column) => column.notNull())
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
