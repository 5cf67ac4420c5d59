import { gunzipSync } from 'node:zlib'
import { sql, type Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'
import { splitEvents } from './split-events.ts'

const measureEvents = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .alterTable('event')
    .addColumn('size', types.bigint, (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`update event set size = length(payload) + length(digest)`.execute(db)
  // Holds all that retention asks of events, so that it need not read their rows.
  await db.schema
    .createIndex('event_by_age')
    .on('event')
    .columns(['project_id', 'received_at', 'issue_id', 'size'])
    .execute()
  await db.schema
    .alterTable('issue')
    .addColumn('thinned_count', types.bigint, (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`
    update issue set thinned_count = event_count - counted.times
    from (select issue.id, coalesce(sum(event.times), 0) as times from issue
      left join event on event.issue_id = issue.id group by issue.id) as counted
    where counted.id = issue.id and counted.times < issue.event_count`.execute(db)
}

const createRetention = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .createTable('project_retention')
    .addColumn('project_id', types.bigint, (column) => column.primaryKey())
    .addColumn('days', types.bigint)
    .addColumn('events', types.bigint)
    .addColumn('megabytes', types.bigint)
    .execute()
  await db.schema
    .createTable('turning_point')
    .addColumn('event_id', types.bigint, (column) => column.notNull())
    .addColumn('reason', types.text, (column) => column.notNull())
    .addColumn('issue_id', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('turning_point_key', ['event_id', 'reason'])
    .execute()
  await db.schema.createIndex('turning_point_by_issue').on('turning_point').column('issue_id').execute()
}

const createPeople = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .createTable('event_person')
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('person', types.text, (column) => column.notNull())
    .addColumn('event_id', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('event_person_key', ['project_id', 'person', 'event_id'])
    .execute()
  await db.schema.createIndex('event_person_by_event').on('event_person').column('event_id').execute()
  await db.schema.createIndex('issue_user_by_user').on('issue_user').column('user_key').execute()
  await types
    .id(db.schema.createTable('erasure'))
    .addColumn('organization_id', types.bigint, (column) => column.notNull())
    .addColumn('person_hash', types.text, (column) => column.notNull())
    // JSON: what was erased, by kind.
    .addColumn('erased', types.text, (column) => column.notNull())
    .addColumn('erased_at', types.bigint, (column) => column.notNull())
    .execute()
}

interface Row {
  id: number
  project_id: number
  payload: Uint8Array
}

const BATCH = 500

const peopleIn = ({ payload }: Row): string[] => {
  const { user } = JSON.parse(gunzipSync(payload).toString()).payload
  const { id, email, ip_address: ip } = user ?? {}
  return [id && `id:${id}`, email && `email:${String(email).toLowerCase()}`, ip && `ip:${ip}`].filter(Boolean)
}

/** Events that were stored before are findable by person as well. */
const learnPeople = async (db: Kysely<unknown>): Promise<void> => {
  for (let after = 0; ;) {
    const { rows } = await sql<Row>`
      select id, project_id, payload from event where id > ${after} order by id limit ${BATCH}`.execute(db)
    for (const row of rows)
      for (const person of peopleIn(row))
        await sql`insert into event_person values (${row.project_id}, ${person}, ${row.id})`.execute(db)
    if (rows.length < BATCH) return
    after = rows.at(-1)!.id
  }
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await splitEvents(db)
  await measureEvents(db, types)
  await createRetention(db, types)
  await createPeople(db, types)
  await learnPeople(db)
}
