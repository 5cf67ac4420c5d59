import { sql, type Kysely } from 'kysely'
import { featuresOf } from '../../../issues/features.ts'
import type { ColumnTypes } from '../column-types.ts'

const extendIssues = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  for (const name of ['substatus', 'resolution', 'ignored_until'])
    await db.schema.alterTable('issue').addColumn(name, types.text).execute()
  // By ingest, from an issue's newest event.
  await db.schema
    .alterTable('issue')
    .addColumn('severity', types.text, (column) => column.notNull().defaultTo('medium'))
    .execute()
  for (const name of ['assigned_account', 'assigned_team'])
    await db.schema.alterTable('issue').addColumn(name, types.bigint).execute()
  for (const name of ['wake_at', 'calm_at', 'acknowledged_at', 'resolved_at', 'reopened_at', 'rated_at'])
    await db.schema.alterTable('issue').addColumn(name, types.bigint).execute()
  for (const name of ['priority', 'priority_locked', 'comment_count', 'recent_events', 'usual_events'])
    await db.schema
      .alterTable('issue')
      .addColumn(name, name.endsWith('_events') ? types.real : types.bigint, (column) => column.notNull().defaultTo(0))
      .execute()
  await sql`update issue set resolved_at = last_seen where status = 'resolved'`.execute(db)
  await sql`update issue set substatus = 'archived_forever' where status = 'ignored'`.execute(db)
  // Priorities are worked out in steps once the service runs.
  await sql`update issue set calm_at = 0, severity =
    case level when 'fatal' then 'critical' when 'error' then 'high' else 'low' end`.execute(db)
}

// Those that most issues do not have are left out: an event that arrives then has fewer indexes to change.
const indexIssues = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createIndex('issue_by_priority')
    .on('issue')
    .columns(['project_id', 'status', 'priority', 'id'])
    .execute()
  for (const assigned of ['assigned_account', 'assigned_team'] as const)
    await db.schema
      .createIndex(`issue_by_${assigned}`)
      .on('issue')
      .columns(['project_id', assigned, 'last_seen', 'id'])
      .where(sql.ref(assigned), 'is not', null)
      .execute()
  for (const time of ['acknowledged_at', 'resolved_at'] as const)
    await db.schema
      .createIndex(`issue_by_${time}`)
      .on('issue')
      .columns(['project_id', time])
      .where(sql.ref(time), 'is not', null)
      .execute()
  for (const time of ['wake_at', 'calm_at'] as const)
    await db.schema
      .createIndex(`issue_by_${time}`)
      .on('issue')
      .column(time)
      .where(sql.ref(time), 'is not', null)
      .execute()
}

const createActivity = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('issue_activity'))
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('issue_id', types.bigint, (column) => column.notNull())
    .addColumn('type', types.text, (column) => column.notNull())
    .addColumn('actor', types.text)
    .addColumn('at', types.bigint, (column) => column.notNull())
    .addColumn('release', types.text)
    .addColumn('data', types.text, (column) => column.notNull())
    .execute()
  await db.schema.createIndex('issue_activity_by_issue').on('issue_activity').columns(['issue_id', 'id']).execute()
  await db.schema
    .createIndex('issue_activity_by_time')
    .on('issue_activity')
    .columns(['project_id', 'at', 'id'])
    .execute()
  await db.schema
    .createIndex('issue_activity_by_release')
    .on('issue_activity')
    .columns(['project_id', 'release', 'type'])
    .where(sql.ref('release'), 'is not', null)
    .execute()
  await db.schema
    .createTable('issue_subscription')
    .addColumn('issue_id', types.bigint, (column) => column.notNull())
    .addColumn('account_id', types.bigint, (column) => column.notNull())
    .addColumn('reason', types.text, (column) => column.notNull())
    .addPrimaryKeyConstraint('issue_subscription_key', ['issue_id', 'account_id'])
    .execute()
}

const createOwnership = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .createTable('project_ownership')
    .addColumn('project_id', types.bigint, (column) => column.primaryKey())
    .addColumn('raw', types.text, (column) => column.notNull())
    .addColumn('codeowners', types.text, (column) => column.notNull())
    .addColumn('auto_assign', types.bigint, (column) => column.notNull())
    .addColumn('updated_at', types.bigint, (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('release_commit_by_id')
    .on('release_commit')
    .columns(['commit_id', 'release_id'])
    .execute()
}

const createLookups = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  // What two issues may have in common: a frame, or a word of their message.
  await db.schema
    .createTable('hash_feature')
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('feature', types.text, (column) => column.notNull())
    .addColumn('hash', types.text, (column) => column.notNull())
    .addPrimaryKeyConstraint('hash_feature_key', ['project_id', 'feature', 'hash'])
    .execute()
  await db.schema.createIndex('hash_feature_by_hash').on('hash_feature').columns(['project_id', 'hash']).execute()
  // Who met an issue that is ignored until many people meet it within a time. Empty for all others.
  await db.schema
    .createTable('ignored_issue_user')
    .addColumn('issue_id', types.bigint, (column) => column.notNull())
    .addColumn('user_key', types.text, (column) => column.notNull())
    .addColumn('seen_at', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('ignored_issue_user_key', ['issue_id', 'user_key'])
    .execute()
  await db.schema
    .createIndex('ignored_issue_user_by_time')
    .on('ignored_issue_user')
    .columns(['issue_id', 'seen_at'])
    .execute()
}

const HASHES_AT_ONCE = 500

interface HashRow {
  project_id: number
  hash: string
  variant: string
  parts: string
}

/** What issues of before have in common. */
const learnFeatures = async (db: Kysely<unknown>): Promise<void> => {
  for (let last: HashRow | undefined; ;) {
    const { rows }: { rows: HashRow[] } = await sql<HashRow>`select project_id, hash, variant, parts from issue_hash
      where (project_id, hash) > (${last?.project_id ?? 0}, ${last?.hash ?? ''})
      order by project_id, hash limit ${HASHES_AT_ONCE}`.execute(db)
    for (const { project_id, hash, variant, parts } of rows)
      for (const feature of featuresOf({ variant, parts: JSON.parse(parts) }))
        await sql`insert into hash_feature (project_id, feature, hash) values (${project_id}, ${feature}, ${hash})`.execute(
          db,
        )
    last = rows.at(-1)
    if (!last) return
  }
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await extendIssues(db, types)
  await indexIssues(db)
  await createActivity(db, types)
  await createOwnership(db, types)
  await createLookups(db, types)
  await learnFeatures(db)
}
