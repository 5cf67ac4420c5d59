import type { Selectable, Transaction } from 'kysely'
import { mentionsIn } from '../../issues/mentions.ts'
import type { Activity, ActivityPage, ActivityStore, NewComment, Person } from '../../ports/activity.ts'
import type { MainDatabase } from './main-database.ts'
import { noteChanged } from './issue-changes.ts'
import { issuesWithin } from './merged-issues.ts'
import { findOwner } from './project-owners.ts'
import { subscriptionsOf } from './subscription-store.ts'
import { accountOf, subscribe } from './subscriptions.ts'
import type { Tables } from './tables.ts'
import { noteTurningPoint } from './turning-points.ts'

type Write = Transaction<Tables>
type Row = Selectable<Tables['issue_activity']>

const readPeople = async (db: MainDatabase, ids: readonly number[]): Promise<Map<number, Person>> => {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return new Map()
  const rows = await db.selectFrom('account').select(['id', 'name', 'email']).where('id', 'in', unique).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

const actorOf = (actor: string | null, people: ReadonlyMap<number, Person>): Activity['actor'] => {
  const id = accountOf(actor)
  // Who is gone from the service leaves a number.
  if (id !== undefined) return { type: 'user', person: people.get(id) ?? { id, name: '', email: '' } }
  return actor === null ? null : { type: 'token', name: actor.replace(/^token:/, '') }
}

const complete = async (db: MainDatabase, rows: readonly Row[]): Promise<Activity[]> => {
  const people = await readPeople(
    db,
    rows.flatMap(({ actor }) => accountOf(actor) ?? []),
  )
  return rows.map(({ id, issue_id: issueId, type, actor, at, data }) => ({
    id,
    issueId,
    type,
    actor: actorOf(actor, people),
    at: Number(at),
    data: JSON.parse(data),
  }))
}

const CURSOR = /^\d{1,15}$/

const list = async (
  db: MainDatabase,
  issueId: number,
  { limit, cursor, type }: Parameters<ActivityStore['list']>[1],
): Promise<ActivityPage> => {
  let rows = db
    .selectFrom('issue_activity')
    .selectAll()
    .where('issue_id', 'in', await issuesWithin(db, issueId))
  if (type !== undefined) rows = rows.where('type', '=', type)
  if (cursor !== undefined && CURSOR.test(cursor)) rows = rows.where('id', '<', Number(cursor))
  const found = await rows
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const activity = await complete(db, found.slice(0, limit))
  return found.length > limit ? { activity, next: String(activity.at(-1)!.id) } : { activity }
}

const findRow = async (db: MainDatabase, issueId: number, id: number): Promise<Row | undefined> =>
  db
    .selectFrom('issue_activity')
    .selectAll()
    .where('id', '=', id)
    .where('issue_id', 'in', await issuesWithin(db, issueId))
    .executeTakeFirst()

/** Those who are mentioned and there, as feeds name actors; people among them follow the issue. */
const resolveMentions = async (db: Write, { issueId, organizationId, text, by }: NewComment): Promise<string[]> => {
  const found = []
  for (const { type, name } of mentionsIn(text))
    found.push(await findOwner(db, organizationId, type === 'team' ? `#${name}` : name))
  const mentioned = found.filter((owner) => owner !== undefined)
  const author = accountOf(by)
  await subscribe(db, [
    ...(author === undefined ? [] : [{ issueId, accountId: author, reason: 'commented' as const }]),
    ...mentioned
      .filter(({ type }) => type === 'user')
      .map(({ id }) => ({ issueId, accountId: id, reason: 'mentioned' as const })),
  ])
  return [...new Set(mentioned.map(({ type, id }) => `${type}:${id}`))]
}

const insertComment = async (db: Write, comment: NewComment, now: number): Promise<Row> => {
  const { issueId, projectId, text, by } = comment
  const data = JSON.stringify({ text, mentions: await resolveMentions(db, comment) })
  const row = await db
    .insertInto('issue_activity')
    .values({ project_id: projectId, issue_id: issueId, type: 'note', actor: by, at: now, release: null, data })
    .returningAll()
    .executeTakeFirstOrThrow()
  await db
    .updateTable('issue')
    .set(({ eb, fn, val }) => ({
      comment_count: eb('comment_count', '+', 1),
      acknowledged_at: fn.coalesce('acknowledged_at', val(now)),
    }))
    .where('id', '=', issueId)
    .execute()
  await noteTurningPoint(db, issueId, 'commented')
  await noteChanged(db, [issueId])
  return row
}

const updateComment = async (db: Write, id: number, comment: NewComment): Promise<Row> =>
  db
    .updateTable('issue_activity')
    .set({ data: JSON.stringify({ text: comment.text, mentions: await resolveMentions(db, comment), edited: true }) })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

const removeComment = async (db: Write, id: number): Promise<void> => {
  const row = await db
    .deleteFrom('issue_activity')
    .where('id', '=', id)
    .where('type', '=', 'note')
    .returning('issue_id')
    .executeTakeFirst()
  if (!row) return
  await db
    .updateTable('issue')
    .set((eb) => ({ comment_count: eb('comment_count', '-', 1) }))
    .where('id', '=', row.issue_id)
    .execute()
  await noteChanged(db, [row.issue_id])
}

export const sqlActivityStore = (db: MainDatabase, now: () => number): ActivityStore => {
  const one = async (row: Row): Promise<Activity> => (await complete(db, [row]))[0]!
  return {
    list: (issueId, page) => list(db, issueId, page),
    find: async (issueId, id) => {
      const row = await findRow(db, issueId, id)
      return row && one(row)
    },
    addComment: async (comment) =>
      one(await db.transaction().execute((transaction) => insertComment(transaction, comment, now()))),
    changeComment: async (id, comment) =>
      one(await db.transaction().execute((transaction) => updateComment(transaction, id, comment))),
    removeComment: (id) => db.transaction().execute((transaction) => removeComment(transaction, id)),
    ...subscriptionsOf(db),
  }
}
