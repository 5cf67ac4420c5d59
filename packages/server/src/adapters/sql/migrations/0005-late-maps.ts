import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

// What came with an event is kept for ever; what was made of it stands beside, so that it can be made again.
const separateDigests = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  for (const name of ['digest', 'group_hash'])
    await db.schema
      .alterTable('event')
      .addColumn(name, types.text, (column) => column.notNull().defaultTo(''))
      .execute()
  await db.schema
    .alterTable('event')
    .addColumn('times', types.bigint, (column) => column.notNull().defaultTo(1))
    .execute()
  await db.schema
    .createIndex('event_by_group')
    .on('event')
    .columns(['project_id', 'group_hash', 'issue_id', 'id'])
    .execute()
  await db.schema.createIndex('event_by_project').on('event').columns(['project_id', 'id']).execute()
  await types
    .id(db.schema.createTable('frame'))
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('hash', types.text, (column) => column.notNull())
    .addColumn('body', types.text, (column) => column.notNull())
    .addUniqueConstraint('frame_hash', ['project_id', 'hash'])
    .execute()
}

const createScripts = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('script'))
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('hash', types.text, (column) => column.notNull())
    .addColumn('url', types.text, (column) => column.notNull())
    .addColumn('file_name', types.text, (column) => column.notNull())
    .addColumn('debug_id', types.text, (column) => column.notNull())
    .addColumn('release', types.text, (column) => column.notNull())
    .addUniqueConstraint('script_hash', ['project_id', 'hash'])
    .execute()
  for (const column of ['file_name', 'debug_id'])
    await db.schema.createIndex(`script_by_${column}`).on('script').columns(['project_id', column, 'id']).execute()
  await db.schema
    .createTable('event_script')
    .addColumn('script_id', types.bigint, (column) => column.notNull())
    .addColumn('event_id', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('event_script_key', ['script_id', 'event_id'])
    .execute()
  await db.schema.createIndex('event_script_by_event').on('event_script').column('event_id').execute()
}

const createRegrouping = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('regroup_job'))
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('cause', types.text, (column) => column.notNull())
    .addColumn('about', types.text, (column) => column.notNull())
    // JSON: the scripts or the hashes that the job is about.
    .addColumn('subject', types.text, (column) => column.notNull())
    .addColumn('below_event', types.bigint, (column) => column.notNull())
    .addColumn('total', types.bigint, (column) => column.notNull())
    .addColumn('checked', types.bigint, (column) => column.notNull().defaultTo(0))
    .addColumn('changed', types.bigint, (column) => column.notNull().defaultTo(0))
    .addColumn('moved', types.bigint, (column) => column.notNull().defaultTo(0))
    .addColumn('requested_at', types.bigint, (column) => column.notNull())
    .addColumn('finished_at', types.bigint)
    .execute()
  await db.schema.createIndex('regroup_job_open').on('regroup_job').columns(['finished_at', 'id']).execute()
  await db.schema.createIndex('regroup_job_by_project').on('regroup_job').columns(['project_id', 'id']).execute()
  await db.schema
    .createTable('grouping_rules')
    .addColumn('project_id', types.bigint, (column) => column.primaryKey())
    .addColumn('rules', types.text, (column) => column.notNull())
    .execute()
}

const createTransfers = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema.alterTable('issue').addColumn('merged_into', types.bigint).execute()
  await db.schema
    .alterTable('issue_hash')
    .addColumn('parts', types.text, (column) => column.notNull().defaultTo('[]'))
    .execute()
  // For a key of frames: the hash of the message that came with it.
  await db.schema
    .alterTable('issue_hash')
    .addColumn('words', types.text, (column) => column.notNull().defaultTo(''))
    .execute()
  await db.schema.createIndex('issue_hash_by_words').on('issue_hash').columns(['project_id', 'words']).execute()
  // 1 for a hash that a person tied to its issue.
  await db.schema
    .alterTable('issue_hash')
    .addColumn('taught', types.bigint, (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema
    .alterTable('issue_user')
    .addColumn('event_count', types.bigint, (column) => column.notNull().defaultTo(0))
    .execute()
  await types
    .id(db.schema.createTable('issue_transfer'))
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('from_issue_id', types.bigint, (column) => column.notNull())
    .addColumn('to_issue_id', types.bigint, (column) => column.notNull())
    .addColumn('cause', types.text, (column) => column.notNull())
    // JSON: the hashes that went along.
    .addColumn('hashes', types.text, (column) => column.notNull())
    .addColumn('happened_at', types.bigint, (column) => column.notNull())
    .addColumn('undone_at', types.bigint)
    .execute()
  for (const side of ['from_issue_id', 'to_issue_id'])
    await db.schema.createIndex(`issue_transfer_${side}`).on('issue_transfer').columns([side, 'id']).execute()
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await separateDigests(db, types)
  await createScripts(db, types)
  await createRegrouping(db, types)
  await createTransfers(db, types)
}
