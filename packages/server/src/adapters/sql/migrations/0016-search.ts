import { sql, type Kysely, type Transaction } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'
import { tagsOf } from '../../../event-facets.ts'
import { countHours } from '../hour-counts.ts'
import { headlineColumns } from '../issue-changes.ts'
import { unpack } from '../payload.ts'
import type { Tables } from '../tables.ts'
import type { TextIndex } from '../text-index.ts'

const createCounts = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .createTable('issue_hour')
    .addColumn('issue_id', types.bigint, (column) => column.notNull())
    .addColumn('hour', types.bigint, (column) => column.notNull())
    .addColumn('environment', types.text, (column) => column.notNull())
    .addColumn('quantity', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('issue_hour_key', ['issue_id', 'hour', 'environment'])
    .execute()
  await db.schema
    .createTable('project_hour')
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('dimension', types.text, (column) => column.notNull())
    .addColumn('hour', types.bigint, (column) => column.notNull())
    .addColumn('value', types.text, (column) => column.notNull())
    .addColumn('quantity', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('project_hour_key', ['project_id', 'dimension', 'hour', 'value'])
    .execute()
  await db.schema.createIndex('project_hour_by_age').on('project_hour').column('hour').execute()
}

const extendIssues = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .alterTable('issue')
    .addColumn('search_text', types.text, (column) => column.notNull().defaultTo(''))
    .execute()
  for (const name of ['changed_in', 'appeared_in'])
    await db.schema
      .alterTable('issue')
      .addColumn(name, types.bigint, (column) => column.notNull().defaultTo(0))
      .execute()
  await sql`update issue set changed_in = 1, appeared_in = 1`.execute(db)
  await db.schema.createIndex('issue_by_change').on('issue').columns(['changed_in', 'id']).execute()
  await db.schema
    .createIndex('issue_by_user_count')
    .on('issue')
    .columns(['project_id', 'status', 'user_count', 'id'])
    .execute()
  await db.schema.createIndex('issue_tag_by_value').on('issue_tag').columns(['key', 'value', 'issue_id']).execute()
}

const BATCH = 500

const learnTexts = async (db: Transaction<Tables>): Promise<void> => {
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('issue')
      .select(['id', 'title', 'culprit', 'metadata'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .execute()
    for (const { id, metadata, ...row } of rows) {
      const { search_text } = headlineColumns({ ...row, metadata: JSON.parse(metadata) })
      await db.updateTable('issue').set({ search_text }).where('id', '=', id).execute()
    }
    if (rows.length < BATCH) return
    after = rows.at(-1)!.id
  }
}

/** Tags that are read from contexts were not counted before. */
const NEW_TAGS = new Set(['browser', 'os', 'device', 'category', 'severity'])

const addTags = async (
  db: Transaction<Tables>,
  { issueId, times, payload }: { issueId: number; times: number; payload: Parameters<typeof tagsOf>[0] },
): Promise<void> => {
  const own = new Set(Object.keys(payload.tags ?? {}))
  const rows = tagsOf(payload)
    .filter(([key]) => NEW_TAGS.has(key) && !own.has(key))
    .map(([key, value]) => ({ issue_id: issueId, key, value, event_count: times }))
  if (rows.length === 0) return
  await db
    .insertInto('issue_tag')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['issue_id', 'key', 'value'])
        .doUpdateSet((eb) => ({ event_count: eb('issue_tag.event_count', '+', eb.ref('excluded.event_count')) })),
    )
    .execute()
}

/** Events that were stored before are counted by hour, and under what their browsers are, as well. */
const countEvents = async (db: Transaction<Tables>): Promise<void> => {
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('event')
      .select(['id', 'project_id', 'issue_id', 'happened_at', 'times', 'payload'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .execute()
    const events = rows.map((row) => ({
      projectId: row.project_id,
      issueId: row.issue_id,
      happenedAt: Number(row.happened_at),
      times: row.times,
      payload: unpack(row.payload).payload,
    }))
    await countHours(db, events)
    for (const event of events) await addTags(db, event)
    if (rows.length < BATCH) return
    after = rows.at(-1)!.id
  }
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes, index: TextIndex): Promise<void> => {
  await createCounts(db, types)
  await extendIssues(db, types)
  // A migration runs in one transaction, under types that know no tables.
  await learnTexts(db as unknown as Transaction<Tables>)
  await countEvents(db as unknown as Transaction<Tables>)
  await index.create(db)
}
