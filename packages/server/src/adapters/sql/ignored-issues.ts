import { sql, type Transaction } from 'kysely'
import type { Encounters, IgnoredUntil } from '../../issues/life.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

/** What a batch brings to an ignored issue. */
export interface Arrivals {
  issueId: number
  until: IgnoredUntil
  /** When each event happened, and how often; they are not stored yet. */
  events: readonly { happenedAt: number; times: number }[]
  users: Iterable<string>
}

const since = ({ since: start }: IgnoredUntil, windowMs: number, now: number): number => Math.max(start, now - windowMs)

const countEvents = async (db: Write, { issueId, until, events }: Arrivals, now: number): Promise<number> => {
  if (!until.events?.windowMs) return 0
  const from = since(until, until.events.windowMs, now)
  const stored = db
    .selectFrom('event')
    .select('times')
    .where('issue_id', '=', issueId)
    .where('happened_at', '>=', from)
    .limit(until.events.count)
  const row = await db
    .selectFrom(stored.as('recent'))
    .select(sql<number>`coalesce(sum(times), 0)`.as('total'))
    .executeTakeFirstOrThrow()
  const arrived = events.filter(({ happenedAt }) => happenedAt >= from).reduce((sum, { times }) => sum + times, 0)
  return Number(row.total) + arrived
}

/** Keeps who met the issue within the window, no more. */
const noteUsers = async (db: Write, { issueId, users }: Arrivals, { from, now }: { from: number; now: number }) => {
  const rows = [...users].map((user_key) => ({ issue_id: issueId, user_key, seen_at: now }))
  if (rows.length > 0)
    await db
      .insertInto('ignored_issue_user')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['issue_id', 'user_key']).doUpdateSet({ seen_at: now }))
      .execute()
  await db.deleteFrom('ignored_issue_user').where('issue_id', '=', issueId).where('seen_at', '<', from).execute()
}

const countUsers = async (db: Write, arrivals: Arrivals, now: number): Promise<number> => {
  const { issueId, until } = arrivals
  if (!until.users?.windowMs) return 0
  await noteUsers(db, arrivals, { from: since(until, until.users.windowMs, now), now })
  const met = db
    .selectFrom('ignored_issue_user')
    .select('user_key')
    .where('issue_id', '=', issueId)
    .limit(until.users.count)
  const row = await db
    .selectFrom(met.as('met'))
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(row.total)
}

/** How much of an ignored issue came within the windows of its condition; never reads more rows than the condition asks for. */
export const countInWindows = async (
  db: Write,
  arrivals: Arrivals,
  now: number,
): Promise<Pick<Encounters, 'eventsInWindow' | 'usersInWindow'>> => ({
  eventsInWindow: await countEvents(db, arrivals, now),
  usersInWindow: await countUsers(db, arrivals, now),
})

export const forgetWindows = async (db: Write, issueIds: readonly number[]): Promise<void> => {
  await db.deleteFrom('ignored_issue_user').where('issue_id', 'in', issueIds).execute()
}

/** Forgets somebody in all of a project's issues. */
export const forgetUsers = async (db: Write, projectId: number, userKeys: readonly string[]): Promise<void> => {
  await db
    .deleteFrom('ignored_issue_user')
    .where('user_key', 'in', userKeys)
    .where('issue_id', 'in', db.selectFrom('issue').select('id').where('project_id', '=', projectId))
    .execute()
}
