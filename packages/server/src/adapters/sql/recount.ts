import { sql } from 'kysely'
import type { MainDatabase } from './main-database.ts'

export interface Miscount {
  issueId: number
  counter: 'events' | 'users'
  stored: number
  counted: number
}

// What happened is what is stored and what retention has deleted since.
const EVENTS = sql<number>`thinned_count + (select coalesce(sum(times), 0) from event where event.issue_id = issue.id)`
const USERS = sql<number>`(select count(*) from issue_user where issue_user.issue_id = issue.id)`

/** Counters of issues that differ from a recount. */
export const miscounted = async (db: MainDatabase): Promise<Miscount[]> => {
  const rows = await db
    .selectFrom('issue')
    .select(['id', 'event_count', 'user_count', EVENTS.as('events'), USERS.as('users')])
    .where(({ or, eb }) => or([eb('event_count', '!=', EVENTS), eb('user_count', '!=', USERS)]))
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id: issueId, event_count, user_count, events, users }): Miscount[] => [
    ...(event_count === events ? [] : [{ issueId, counter: 'events' as const, stored: event_count, counted: events }]),
    ...(user_count === users ? [] : [{ issueId, counter: 'users' as const, stored: user_count, counted: users }]),
  ])
}

/** Sets every counter to what a recount gives; tells how many issues were wrong. */
export const recount = async (db: MainDatabase): Promise<number> => {
  const wrong = new Set((await miscounted(db)).map(({ issueId }) => issueId))
  for (const issueId of wrong)
    await db.updateTable('issue').set({ event_count: EVENTS, user_count: USERS }).where('id', '=', issueId).execute()
  return wrong.size
}
