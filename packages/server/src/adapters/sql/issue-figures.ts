import type { Transaction } from 'kysely'
import type { RawEvent } from '../../stored-event.ts'
import { headlineOf } from './digests.ts'
import { tagsOf, userKey } from '../../event-facets.ts'
import { moveHours, moveRemainingHours } from './hour-counts.ts'
import { headlineColumns, noteChanged } from './issue-changes.ts'
import { unpack } from './payload.ts'
import { slices } from './slices.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

/** An event that leaves one issue for another. */
export interface Move {
  from: number
  to: number
  times: number
  happenedAt: number
  payload: RawEvent['payload']
}

/** What is added to an issue's figures, or taken off. */
interface Change {
  events: number
  users: Map<string, number>
  tags: Map<string, { key: string; value: string; count: number }>
}

const changeOf = (changes: Map<number, Change>, issueId: number): Change => {
  const change = changes.get(issueId) ?? { events: 0, users: new Map(), tags: new Map() }
  changes.set(issueId, change)
  return change
}

const note = (change: Change, { payload }: Move, times: number): void => {
  change.events += times
  const user = userKey(payload)
  if (user !== undefined) change.users.set(user, (change.users.get(user) ?? 0) + times)
  for (const [key, value] of tagsOf(payload)) {
    const id = JSON.stringify([key, value])
    change.tags.set(id, { key, value, count: (change.tags.get(id)?.count ?? 0) + times })
  }
}

const sum = (moves: readonly Move[]): Map<number, Change> => {
  const changes = new Map<number, Change>()
  for (const move of moves) {
    note(changeOf(changes, move.from), move, -move.times)
    note(changeOf(changes, move.to), move, move.times)
  }
  return changes
}

const countUsers = async (db: Write, issueId: number, keys: readonly string[]): Promise<number> => {
  const { total } = await db
    .selectFrom('issue_user')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('issue_id', '=', issueId)
    .where('user_key', 'in', keys)
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Gives how many people more, or fewer, the issue has afterwards. */
const changeUsers = async (db: Write, issueId: number, users: ReadonlyMap<string, number>): Promise<number> => {
  let difference = 0
  for (const slice of slices([...users])) {
    const keys = slice.map(([key]) => key)
    difference -= await countUsers(db, issueId, keys)
    await db
      .insertInto('issue_user')
      .values(slice.map(([key, count]) => ({ issue_id: issueId, user_key: key, event_count: count })))
      .onConflict((conflict) =>
        conflict
          .columns(['issue_id', 'user_key'])
          .doUpdateSet((eb) => ({ event_count: eb('issue_user.event_count', '+', eb.ref('excluded.event_count')) })),
      )
      .execute()
    await db
      .deleteFrom('issue_user')
      .where('issue_id', '=', issueId)
      .where('user_key', 'in', keys)
      .where('event_count', '<=', 0)
      .execute()
    difference += await countUsers(db, issueId, keys)
  }
  return difference
}

const changeTags = async (db: Write, issueId: number, tags: Change['tags']): Promise<void> => {
  for (const slice of slices([...tags.values()]))
    await db
      .insertInto('issue_tag')
      .values(slice.map(({ key, value, count }) => ({ issue_id: issueId, key, value, event_count: count })))
      .onConflict((conflict) =>
        conflict
          .columns(['issue_id', 'key', 'value'])
          .doUpdateSet((eb) => ({ event_count: eb('issue_tag.event_count', '+', eb.ref('excluded.event_count')) })),
      )
      .execute()
  await db.deleteFrom('issue_tag').where('issue_id', '=', issueId).where('event_count', '<=', 0).execute()
}

const edgeOf = (db: Write, issueId: number, direction: 'asc' | 'desc') =>
  db
    .selectFrom('event')
    .select(['happened_at', 'payload', 'digest'])
    .where('issue_id', '=', issueId)
    .orderBy('happened_at', direction)
    .orderBy('id', direction)
    .limit(1)
    .executeTakeFirst()

const readSpan = (db: Write, issueId: number) =>
  db.selectFrom('issue').select(['thinned_count', 'first_seen']).where('id', '=', issueId).executeTakeFirstOrThrow()

/** First and last seen, and the headline of the newest event, from the events that the issue has. */
const refresh = async (db: Write, issueId: number): Promise<void> => {
  const oldest = await edgeOf(db, issueId, 'asc')
  const newest = await edgeOf(db, issueId, 'desc')
  if (!oldest || !newest) return
  const before = await readSpan(db, issueId)
  // Of events that retention has deleted only these figures tell.
  const isOldest = before.thinned_count === 0 || oldest.happened_at <= before.first_seen
  const { kind, payload } = unpack(newest.payload)
  await db
    .updateTable('issue')
    .set({
      kind,
      ...headlineColumns(headlineOf(newest.digest)),
      level: payload.level,
      ...(isOldest && {
        first_seen: oldest.happened_at,
        first_release: unpack(oldest.payload).payload.release ?? null,
      }),
      last_seen: newest.happened_at,
      last_release: payload.release ?? null,
    })
    .where('id', '=', issueId)
    .execute()
}

/** Makes the figures of issues follow events whose rows have moved, within the same transaction. */
export const moveFigures = async (db: Write, moves: readonly Move[]): Promise<void> => {
  const changes = sum(moves)
  await moveHours(db, moves)
  await noteChanged(db, [...changes.keys()])
  for (const [issueId, { events, users, tags }] of changes) {
    const people = await changeUsers(db, issueId, users)
    await changeTags(db, issueId, tags)
    await db
      .updateTable('issue')
      .set((eb) => ({
        event_count: eb('event_count', '+', events),
        user_count: eb('user_count', '+', people),
        ...(events > 0 && { merged_into: null }),
      }))
      .where('id', '=', issueId)
      .execute()
    await refresh(db, issueId)
  }
}

/** Brings an issue's headline up to date with its newest event, whose digest has changed. */
export const refreshHeadlines = async (db: Write, issueIds: Iterable<number>): Promise<void> => {
  for (const issueId of issueIds) await refresh(db, issueId)
}

/** Events of hashes that retention has deleted are counted where the hashes lead to. */
export const moveThinned = async (
  db: Write,
  hashes: readonly string[],
  { projectId, from, to }: { projectId: number; from: number; to: number },
): Promise<void> => {
  let thinned = 0
  for (const hash of hashes) {
    const row = await db
      .selectFrom('issue_hash')
      .select('thinned_count')
      .where('project_id', '=', projectId)
      .where('hash', '=', hash)
      .executeTakeFirst()
    thinned += row?.thinned_count ?? 0
  }
  // Events that were deleted on their way from one issue to the other are counted where they were.
  const events = Math.min(thinned, (await readSpan(db, from)).thinned_count)
  for (const [issueId, change] of [
    [from, -events],
    [to, events],
  ] as const)
    await db
      .updateTable('issue')
      .set((eb) => ({
        event_count: eb('event_count', '+', change),
        thinned_count: eb('thinned_count', '+', change),
      }))
      .where('id', '=', issueId)
      .execute()
}

/** What is counted of an issue whose events retention has deleted goes along with its merge. */
export const moveRemainder = async (db: Write, from: number, to: number): Promise<void> => {
  const { thinned_count: events, first_seen } = await readSpan(db, from)
  const users = await db.selectFrom('issue_user').selectAll().where('issue_id', '=', from).execute()
  const tags = await db.selectFrom('issue_tag').selectAll().where('issue_id', '=', from).execute()
  const change: Change = {
    events,
    users: new Map(users.map((row) => [row.user_key, row.event_count])),
    tags: new Map(
      tags.map((row, index) => [String(index), { key: row.key, value: row.value, count: row.event_count }]),
    ),
  }
  const people = await changeUsers(db, to, change.users)
  await changeTags(db, to, change.tags)
  const target = await readSpan(db, to)
  await db
    .updateTable('issue')
    .set((eb) => ({
      event_count: eb('event_count', '+', events),
      thinned_count: eb('thinned_count', '+', events),
      user_count: eb('user_count', '+', people),
      first_seen: Math.min(target.first_seen, first_seen),
    }))
    .where('id', '=', to)
    .execute()
  await moveRemainingHours(db, from, to)
  await db.deleteFrom('issue_user').where('issue_id', '=', from).execute()
  await db.deleteFrom('issue_tag').where('issue_id', '=', from).execute()
  await db
    .updateTable('issue')
    .set({ event_count: 0, thinned_count: 0, user_count: 0 })
    .where('id', '=', from)
    .execute()
}
