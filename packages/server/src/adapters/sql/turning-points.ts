import type { Transaction } from 'kysely'
import type { Tables } from './tables.ts'

interface InsertedEvent {
  id: number
  issueId: number
  change: 'new' | 'seen' | 'regressed' | 'returned'
}

/** Notes the events that brought resolved issues back: retention keeps them, for they tell the issue's story. */
export const noteRegressions = async (db: Transaction<Tables>, events: readonly InsertedEvent[]): Promise<void> => {
  const rows = events
    .filter(({ change }) => change === 'regressed')
    .map(({ id, issueId }) => ({ event_id: id, issue_id: issueId, reason: 'regression' }))
  if (rows.length > 0) await db.insertInto('turning_point').values(rows).execute()
}

/** Notes what people had before them, the issue's newest event, when they gave it to somebody or wrote about it. */
export const noteTurningPoint = async (
  db: Transaction<Tables>,
  issueId: number,
  reason: 'assigned' | 'commented',
): Promise<void> => {
  const event = await db
    .selectFrom('event')
    .select('id')
    .where('issue_id', '=', issueId)
    .orderBy('happened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!event) return
  await db
    .insertInto('turning_point')
    .values({ event_id: event.id, issue_id: issueId, reason })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What is noted of events goes along when they move to other issues. */
export const carryTurningPoints = async (
  db: Transaction<Tables>,
  moved: readonly { row: number; to: number }[],
): Promise<void> => {
  for (const { row, to } of moved)
    await db.updateTable('turning_point').set({ issue_id: to }).where('event_id', '=', row).execute()
}
