import { sql, type Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

const createRules = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('alert_rule'))
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    // JSON: when it fires, and who is told.
    .addColumn('definition', types.text, (column) => column.notNull())
    .addColumn('muted_until', types.bigint)
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .execute()
  await db.schema.createIndex('alert_rule_by_project').on('alert_rule').columns(['project_id', 'id']).execute()
  await db.schema
    .createTable('alert_tally')
    .addColumn('rule_id', types.bigint, (column) => column.notNull())
    .addColumn('subject', types.bigint, (column) => column.notNull())
    .addColumn('slot', types.bigint, (column) => column.notNull())
    .addColumn('events', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('alert_tally_key', ['rule_id', 'subject', 'slot'])
    .execute()
  await db.schema
    .createTable('alert_person')
    .addColumn('rule_id', types.bigint, (column) => column.notNull())
    .addColumn('subject', types.bigint, (column) => column.notNull())
    .addColumn('slot', types.bigint, (column) => column.notNull())
    .addColumn('user_key', types.text, (column) => column.notNull())
    .addPrimaryKeyConstraint('alert_person_key', ['rule_id', 'subject', 'slot', 'user_key'])
    .execute()
}

// What no window reaches any more is found by it.
const indexSlots = async (db: Kysely<unknown>): Promise<void> => {
  for (const table of ['alert_tally', 'alert_person'])
    await db.schema.createIndex(`${table}_by_slot`).on(table).column('slot').execute()
}

const createAlerts = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('alert'))
    .addColumn('rule_id', types.bigint, (column) => column.notNull())
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    // The issue, or 0 for the project.
    .addColumn('subject', types.bigint, (column) => column.notNull())
    .addColumn('occurrence', types.text, (column) => column.notNull())
    .addColumn('event_id', types.text, (column) => column.notNull())
    .addColumn('issue_id', types.bigint, (column) => column.notNull())
    .addColumn('evidence', types.text, (column) => column.notNull())
    .addColumn('happened_at', types.bigint, (column) => column.notNull())
    .addColumn('fired_at', types.bigint, (column) => column.notNull())
    .addColumn('acknowledged_at', types.bigint)
    .addColumn('acknowledged_by', types.text)
    .addColumn('resolved_at', types.bigint)
    // What makes a rule fire once for each occurrence, whatever is digested twice.
    .addUniqueConstraint('alert_occurrence', ['rule_id', 'subject', 'occurrence'])
    .execute()
  await db.schema
    .createIndex('alert_open')
    .on('alert')
    .column('issue_id')
    .where(sql.ref('resolved_at'), 'is', null)
    .execute()
  await db.schema.createIndex('alert_by_project').on('alert').columns(['project_id', 'id']).execute()
}

const createOutbox = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('channel'))
    .addColumn('organization_id', types.bigint, (column) => column.notNull())
    .addColumn('kind', types.text, (column) => column.notNull())
    .addColumn('name', types.text, (column) => column.notNull())
    // JSON: what may be shown. What may not is sealed beside it.
    .addColumn('settings', types.text, (column) => column.notNull())
    .addColumn('secrets', types.text, (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    // The circuit breaker: nothing is sent there before that time.
    .addColumn('failures', types.bigint, (column) => column.notNull().defaultTo(0))
    .addColumn('paused_until', types.bigint, (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema.createIndex('channel_by_organization').on('channel').columns(['organization_id', 'id']).execute()
  await types
    .id(db.schema.createTable('notification'))
    .addColumn('channel_id', types.bigint, (column) => column.notNull())
    .addColumn('alert_id', types.bigint, (column) => column.notNull())
    // Names the delivery for whoever receives it, however often it is tried.
    .addColumn('idempotency_key', types.text, (column) => column.notNull().unique())
    .addColumn('collected', types.bigint, (column) => column.notNull().defaultTo(0))
    .addColumn('action', types.text, (column) => column.notNull().defaultTo('trigger'))
    .addColumn('status', types.text, (column) => column.notNull())
    .addColumn('due_at', types.bigint, (column) => column.notNull())
    .addColumn('attempts', types.bigint, (column) => column.notNull().defaultTo(0))
    .addColumn('answer', types.text, (column) => column.notNull().defaultTo(''))
    .addColumn('ended_at', types.bigint)
    .execute()
  await db.schema
    .createIndex('notification_waiting')
    .on('notification')
    .columns(['channel_id', 'due_at', 'id'])
    .where(sql.ref('status'), '=', 'waiting')
    .execute()
  await db.schema.createIndex('notification_by_channel').on('notification').columns(['channel_id', 'id']).execute()
  await db.schema.createIndex('notification_by_alert').on('notification').column('alert_id').execute()
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await createRules(db, types)
  await indexSlots(db)
  await createAlerts(db, types)
  await createOutbox(db, types)
}
