import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

// Times are milliseconds since 1970. Foreign keys are kept by the code: rows of different tables are written in one
// transaction and deleted in bounded passes.

const createTenants = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('organization'))
    .addColumn('slug', types.text, (column) => column.notNull().unique())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .execute()
  await types
    .id(db.schema.createTable('project'))
    .addColumn('organization_id', types.bigint, (column) => column.notNull())
    .addColumn('slug', types.text, (column) => column.notNull())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('platform', types.text, (column) => column.notNull())
    .addColumn('last_issue_number', types.bigint, (column) => column.notNull().defaultTo(0))
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addUniqueConstraint('project_slug', ['organization_id', 'slug'])
    .execute()
  await types
    .id(db.schema.createTable('project_key'))
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('public_key', types.text, (column) => column.notNull().unique())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('active', types.bigint, (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .execute()
}

const createAccounts = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('account'))
    .addColumn('email', types.text, (column) => column.notNull().unique())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('password_hash', types.text)
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('membership')
    .addColumn('account_id', types.bigint, (column) => column.notNull())
    .addColumn('organization_id', types.bigint, (column) => column.notNull())
    .addColumn('role', types.text, (column) => column.notNull())
    .addPrimaryKeyConstraint('membership_key', ['account_id', 'organization_id'])
    .execute()
  await db.schema
    .createTable('session')
    .addColumn('secret_hash', types.text, (column) => column.primaryKey())
    .addColumn('account_id', types.bigint, (column) => column.notNull())
    .addColumn('expires_at', types.bigint, (column) => column.notNull())
    .execute()
  await types
    .id(db.schema.createTable('api_token'))
    .addColumn('secret_hash', types.text, (column) => column.notNull().unique())
    .addColumn('organization_id', types.bigint, (column) => column.notNull())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('scopes', types.text, (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addColumn('last_used_at', types.bigint)
    .execute()
  await db.schema
    .createTable('one_time_link')
    .addColumn('secret_hash', types.text, (column) => column.primaryKey())
    .addColumn('purpose', types.text, (column) => column.notNull())
    .addColumn('account_id', types.bigint)
    .addColumn('expires_at', types.bigint, (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('setting')
    .addColumn('name', types.text, (column) => column.primaryKey())
    .addColumn('value', types.text, (column) => column.notNull())
    .execute()
}

const createIssues = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('issue'))
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('number', types.bigint, (column) => column.notNull())
    .addColumn('status', types.text, (column) => column.notNull())
    .addColumn('kind', types.text, (column) => column.notNull())
    .addColumn('title', types.text, (column) => column.notNull())
    .addColumn('culprit', types.text, (column) => column.notNull())
    .addColumn('level', types.text, (column) => column.notNull())
    .addColumn('metadata', types.text, (column) => column.notNull())
    .addColumn('event_count', types.bigint, (column) => column.notNull())
    .addColumn('user_count', types.bigint, (column) => column.notNull())
    .addColumn('first_seen', types.bigint, (column) => column.notNull())
    .addColumn('last_seen', types.bigint, (column) => column.notNull())
    .addColumn('first_release', types.text)
    .addColumn('last_release', types.text)
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
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('hash', types.text, (column) => column.notNull())
    .addColumn('variant', types.text, (column) => column.notNull())
    .addColumn('grouping_version', types.bigint, (column) => column.notNull())
    .addColumn('issue_id', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('issue_hash_key', ['project_id', 'hash'])
    .execute()
  await db.schema.createIndex('issue_hash_by_issue').on('issue_hash').columns(['issue_id', 'variant']).execute()
  await db.schema
    .createTable('issue_user')
    .addColumn('issue_id', types.bigint, (column) => column.notNull())
    .addColumn('user_key', types.text, (column) => column.notNull())
    .addPrimaryKeyConstraint('issue_user_key', ['issue_id', 'user_key'])
    .execute()
  await db.schema
    .createTable('issue_tag')
    .addColumn('issue_id', types.bigint, (column) => column.notNull())
    .addColumn('key', types.text, (column) => column.notNull())
    .addColumn('value', types.text, (column) => column.notNull())
    .addColumn('event_count', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('issue_tag_key', ['issue_id', 'key', 'value'])
    .execute()
}

const createEvents = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('event'))
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('event_id', types.text, (column) => column.notNull())
    .addColumn('issue_id', types.bigint, (column) => column.notNull())
    .addColumn('happened_at', types.bigint, (column) => column.notNull())
    .addColumn('received_at', types.bigint, (column) => column.notNull())
    .addColumn('title', types.text, (column) => column.notNull())
    .addColumn('payload', types.blob, (column) => column.notNull())
    .addUniqueConstraint('event_key', ['project_id', 'event_id'])
    .execute()
  await db.schema.createIndex('event_by_issue').on('event').columns(['issue_id', 'happened_at', 'id']).execute()
  await db.schema
    .createTable('outcome')
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('hour', types.bigint, (column) => column.notNull())
    .addColumn('category', types.text, (column) => column.notNull())
    .addColumn('outcome', types.text, (column) => column.notNull())
    .addColumn('reason', types.text, (column) => column.notNull())
    .addColumn('quantity', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('outcome_key', ['project_id', 'hour', 'category', 'outcome', 'reason'])
    .execute()
  await db.schema
    .createTable('counted_report')
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('report_id', types.text, (column) => column.notNull())
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
