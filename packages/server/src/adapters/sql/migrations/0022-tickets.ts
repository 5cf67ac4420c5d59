import { sql, type Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

const createSystems = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('ticket_system'))
    .addColumn('organization_id', types.bigint, (column) => column.notNull())
    .addColumn('kind', types.text, (column) => column.notNull())
    .addColumn('name', types.text, (column) => column.notNull())
    // Where it leads, as it may be shown. What may not is sealed beside it.
    .addColumn('summary', types.text, (column) => column.notNull())
    .addColumn('secrets', types.text, (column) => column.notNull())
    // JSON: what follows from what.
    .addColumn('reactions', types.text, (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    // When it last said itself that something has changed.
    .addColumn('heard_at', types.bigint)
    // The circuit breaker: nothing is asked before that time.
    .addColumn('failures', types.bigint, (column) => column.notNull().defaultTo(0))
    .addColumn('paused_until', types.bigint, (column) => column.notNull().defaultTo(0))
    .addColumn('problem', types.text, (column) => column.notNull().defaultTo(''))
    .execute()
  await db.schema
    .createIndex('ticket_system_by_organization')
    .on('ticket_system')
    .columns(['organization_id', 'id'])
    .execute()
}

const createTickets = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('ticket'))
    .addColumn('system_id', types.bigint, (column) => column.notNull())
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('issue_id', types.bigint, (column) => column.notNull())
    // Stands in the ticket, so that it is known again.
    .addColumn('marker', types.text, (column) => column.notNull())
    // Null until it is made.
    .addColumn('key', types.text)
    .addColumn('url', types.text, (column) => column.notNull().defaultTo(''))
    .addColumn('title', types.text, (column) => column.notNull().defaultTo(''))
    .addColumn('state', types.text, (column) => column.notNull())
    .addColumn('version', types.text)
    .addColumn('problem', types.text, (column) => column.notNull().defaultTo(''))
    .addColumn('created_by', types.text)
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addColumn('changed_at', types.bigint, (column) => column.notNull())
    // When making it was first tried: from then on it may exist.
    .addColumn('tried_at', types.bigint)
    .addColumn('read_at', types.bigint)
    // One for each issue and system.
    .addUniqueConstraint('ticket_of_issue', ['system_id', 'issue_id'])
    .execute()
  await db.schema.createIndex('ticket_by_issue').on('ticket').column('issue_id').execute()
  await db.schema.createIndex('ticket_by_key').on('ticket').columns(['system_id', 'key']).execute()
  await db.schema
    .createIndex('ticket_to_read')
    .on('ticket')
    .columns(['system_id', 'read_at'])
    .where(sql.ref('read_at'), 'is not', null)
    .execute()
}

const createTasks = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('ticket_task'))
    .addColumn('system_id', types.bigint, (column) => column.notNull())
    .addColumn('ticket_id', types.bigint, (column) => column.notNull())
    // The alert that it comes from.
    .addColumn('alert_id', types.bigint)
    .addColumn('action', types.text, (column) => column.notNull())
    .addColumn('data', types.text, (column) => column.notNull())
    .addColumn('due_at', types.bigint, (column) => column.notNull())
    .addColumn('attempts', types.bigint, (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema.createIndex('ticket_task_due').on('ticket_task').columns(['system_id', 'due_at', 'id']).execute()
  await db.schema.createIndex('ticket_task_by_ticket').on('ticket_task').column('ticket_id').execute()
  await db.schema.createIndex('ticket_task_by_alert').on('ticket_task').column('alert_id').execute()
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await createSystems(db, types)
  await createTickets(db, types)
  await createTasks(db, types)
}
