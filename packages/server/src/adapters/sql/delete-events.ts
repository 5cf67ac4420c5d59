import type { Selectable, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const BESIDE_EVENTS = ['event_script', 'map_use', 'event_person', 'turning_point'] as const
const OF_ISSUES = [
  'issue_hash',
  'issue_user',
  'issue_tag',
  'issue_hour',
  'issue_activity',
  'issue_subscription',
  'ignored_issue_user',
  'turning_point',
  'ticket',
] as const

/** What hashes of issues have in common with others. */
const deleteFeatures = (db: Write, issueIds: readonly number[]) =>
  db
    .deleteFrom('hash_feature')
    .where(({ refTuple, selectFrom, eb }) =>
      eb(
        refTuple('project_id', 'hash'),
        'in',
        selectFrom('issue_hash')
          .select(['project_id', 'hash'])
          .where('issue_id', 'in', issueIds)
          .$asTuple('project_id', 'hash'),
      ),
    )
    .execute()

const deleteTicketTasks = (db: Write, issueIds: readonly number[]) =>
  db
    .deleteFrom('ticket_task')
    .where('ticket_id', 'in', db.selectFrom('ticket').select('id').where('issue_id', 'in', issueIds))
    .execute()

const deleteAttachments = (db: Write, ids: readonly number[]) =>
  db
    .deleteFrom('attachment')
    .where(({ refTuple, selectFrom, eb }) =>
      eb(
        refTuple('project_id', 'event_id'),
        'in',
        selectFrom('event')
          .select(['project_id', 'event_id'])
          .where('id', 'in', ids)
          .$asTuple('project_id', 'event_id'),
      ),
    )
    .execute()

const COUNTED = ['project_id', 'issue_id', 'group_hash', 'times', 'size'] as const

type Gone = Pick<Selectable<Tables['event']>, (typeof COUNTED)[number]>

const sumBy = <Key>(gone: readonly Gone[], keyOf: (event: Gone) => Key): Map<Key, number> => {
  const sums = new Map<Key, number>()
  for (const event of gone) sums.set(keyOf(event), (sums.get(keyOf(event)) ?? 0) + event.times)
  return sums
}

/** By issue, and by hash too: hashes may leave the issue, and take along what is counted of them. */
const countThinned = async (db: Write, gone: readonly Gone[]): Promise<void> => {
  for (const [id, times] of sumBy(gone, (event) => event.issue_id))
    await db
      .updateTable('issue')
      .set(({ eb }) => ({ thinned_count: eb('thinned_count', '+', times) }))
      .where('id', '=', id)
      .execute()
  for (const projectId of new Set(gone.map((event) => event.project_id))) {
    const ofProject = gone.filter((event) => event.project_id === projectId)
    for (const [hash, times] of sumBy(ofProject, (event) => event.group_hash))
      await db
        .updateTable('issue_hash')
        .set(({ eb }) => ({ thinned_count: eb('thinned_count', '+', times) }))
        .where('project_id', '=', projectId)
        .where('hash', '=', hash)
        .execute()
  }
}

/** Deletes events with all that hangs on them. Their issues go on counting them as events that happened. */
export const deleteEvents = async (db: Write, ids: readonly number[]): Promise<{ events: number; bytes: number }> => {
  if (ids.length === 0) return { events: 0, bytes: 0 }
  await deleteAttachments(db, ids)
  const gone = await db.deleteFrom('event').where('id', 'in', ids).returning(COUNTED).execute()
  for (const table of BESIDE_EVENTS) await db.deleteFrom(table).where('event_id', 'in', ids).execute()
  await countThinned(db, gone)
  return { events: gone.length, bytes: gone.reduce((sum, { size }) => sum + size, 0) }
}

/** Deletes issues that have no events any more. */
export const deleteIssues = async (db: Write, ids: readonly number[]): Promise<void> => {
  if (ids.length === 0) return
  await deleteFeatures(db, ids)
  await deleteTicketTasks(db, ids)
  for (const table of OF_ISSUES) await db.deleteFrom(table).where('issue_id', 'in', ids).execute()
  await db.deleteFrom('issue').where('id', 'in', ids).execute()
}
