import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

// Times are milliseconds since 1970. Foreign keys are kept by the code: rows of different tables are written in one
// transaction and deleted in bounded passes.

const createTenants = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('organization'))
    .addColumn('slug', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .execute()
  await types
    .id(db.schema.createTable('project'))
    .addColumn('organization_id', 'integer', (column) => column.notNull())
    .addColumn('slug', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('last_issue_number', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addUniqueConstraint('project_slug', ['organization_id', 'slug'])
    .execute()
  await types
    .id(db.schema.createTable('project_key'))
    .addColumn('project_id', 'integer', (column) => column.notNull())
    .addColumn('public_key', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('active', 'integer', (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .execute()
}

const createAccounts = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('account'))
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('membership')
    .addColumn('account_id', 'integer', (column) => column.notNull())
    .addColumn('organization_id', 'integer', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('membership_key', ['account_id', 'organization_id'])
    .execute()
  await db.schema
    .createTable('session')
    .addColumn('secret_hash', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'integer', (column) => column.notNull())
    .addColumn('expires_at', types.bigint, (column) => column.notNull())
    .execute()
  await types
    .id(db.schema.createTable('api_token'))
    .addColumn('secret_hash', 'text', (column) => column.notNull().unique())
    .addColumn('organization_id', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('scopes', 'text', (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addColumn('last_used_at', types.bigint)
    .execute()
  await db.schema
    .createTable('one_time_link')
    .addColumn('secret_hash', 'text', (column) => column.primaryKey())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('account_id', 'integer')
    .addColumn('expires_at', types.bigint, (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('setting')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
}

const createIssues = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('issue'))
    .addColumn('project_id', 'integer', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('culprit', 'text', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('metadata', 'text', (column) => column.notNull())
    .addColumn('event_count', 'integer', (column) => column.notNull())
    .addColumn('user_count', 'integer', (column) => column.notNull())
    .addColumn('first_seen', types.bigint, (column) => column.notNull())
    .addColumn('last_seen', types.bigint, (column) => column.notNull())
    .addColumn('first_release', 'text')
    .addColumn('last_release', 'text')
    .addUniqueConstraint('issue_number', ['project_id', 'number'])
    .execute()
  for (const order of ['last_seen', 'first_seen', 'event_count'])
    await db.schema
      .createIndex(`issue_by_${order}`)
      .on('issue')
      .columns(['project_id', 'status', order, 'id'])
      .execute()
  await db.schema
    .createTable('issue_hash')
    .addColumn('project_id', 'integer', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('variant', 'text', (column) => column.notNull())
    .addColumn('grouping_version', 'integer', (column) => column.notNull())
    .addColumn('issue_id', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('issue_hash_key', ['project_id', 'hash'])
    .execute()
  await db.schema.createIndex('issue_hash_by_issue').on('issue_hash').columns(['issue_id', 'variant']).execute()
  await db.schema
    .createTable('issue_user')
    .addColumn('issue_id', 'integer', (column) => column.notNull())
    .addColumn('user_key', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('issue_user_key', ['issue_id', 'user_key'])
    .execute()
  await db.schema
    .createTable('issue_tag')
    .addColumn('issue_id', 'integer', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('event_count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('issue_tag_key', ['issue_id', 'key', 'value'])
    .execute()
}

const createEvents = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('event'))
    .addColumn('project_id', 'integer', (column) => column.notNull())
    .addColumn('event_id', 'text', (column) => column.notNull())
    .addColumn('issue_id', 'integer', (column) => column.notNull())
    .addColumn('happened_at', types.bigint, (column) => column.notNull())
    .addColumn('received_at', types.bigint, (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('payload', types.blob, (column) => column.notNull())
    .addUniqueConstraint('event_key', ['project_id', 'event_id'])
    .execute()
  await db.schema.createIndex('event_by_issue').on('event').columns(['issue_id', 'happened_at', 'id']).execute()
  await db.schema
    .createTable('outcome')
    .addColumn('project_id', 'integer', (column) => column.notNull())
    .addColumn('hour', types.bigint, (column) => column.notNull())
    .addColumn('category', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('quantity', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('outcome_key', ['project_id', 'hour', 'category', 'outcome', 'reason'])
    .execute()
  await db.schema
    .createTable('counted_report')
    .addColumn('project_id', 'integer', (column) => column.notNull())
    .addColumn('report_id', 'text', (column) => column.notNull())
    .addColumn('counted_at', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('counted_report_key', ['project_id', 'report_id'])
    .execute()
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await createTenants(db, types)
  await createAccounts(db, types)
  await createIssues(db, types)
  await createEvents(db, types)
}
