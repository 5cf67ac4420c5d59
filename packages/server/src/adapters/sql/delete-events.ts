import type { Transaction } from 'kysely'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const BESIDE_EVENTS = ['event_script', 'event_person', 'turning_point'] as const
const OF_ISSUES = ['issue_hash', 'issue_user', 'issue_tag', 'turning_point'] as const

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

/** Deletes events with all that hangs on them. Their issues go on counting them as events that happened. */
export const deleteEvents = async (db: Write, ids: readonly number[]): Promise<{ events: number; bytes: number }> => {
  if (ids.length === 0) return { events: 0, bytes: 0 }
  await deleteAttachments(db, ids)
  const gone = await db.deleteFrom('event').where('id', 'in', ids).returning(['issue_id', 'times', 'size']).execute()
  for (const table of BESIDE_EVENTS) await db.deleteFrom(table).where('event_id', 'in', ids).execute()
  const timesByIssue = new Map<number, number>()
  for (const { issue_id: id, times } of gone) timesByIssue.set(id, (timesByIssue.get(id) ?? 0) + times)
  for (const [id, times] of timesByIssue)
    await db
      .updateTable('issue')
      .set(({ eb }) => ({ thinned_count: eb('thinned_count', '+', times) }))
      .where('id', '=', id)
      .execute()
  return { events: gone.length, bytes: gone.reduce((sum, { size }) => sum + size, 0) }
}

/** Deletes issues that have no events any more. */
export const deleteIssues = async (db: Write, ids: readonly number[]): Promise<void> => {
  if (ids.length === 0) return
  for (const table of OF_ISSUES) await db.deleteFrom(table).where('issue_id', 'in', ids).execute()
  await db.deleteFrom('issue').where('id', 'in', ids).execute()
}
