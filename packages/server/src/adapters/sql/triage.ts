import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import type { Transaction } from 'kysely'
import { advance } from '../../issues/advance.ts'
import type { Command, Entry, Life } from '../../issues/life.ts'
import type { Order, Triage, Triaged } from '../../ports/triage.ts'
import { endAlerts } from './alerts.ts'
import type { MainDatabase } from './main-database.ts'
import { forgetWindows } from './ignored-issues.ts'
import { noteActivity } from './issue-activity.ts'
import { noteChanged } from './issue-changes.ts'
import { LIFE_COLUMNS, lifeColumns, toLife, type LifeRow } from './issue-life-rows.ts'
import { latestRelease } from './release-dates.ts'
import { accountOf, subscribe, type NewSubscription } from './subscriptions.ts'
import type { Tables } from './tables.ts'
import { issuesWithTickets, tellTickets, type TicketName } from './tell-tickets.ts'
import { tendIssues } from './tend-issues.ts'
import { noteTurningPoint } from './turning-points.ts'

type Write = Transaction<Tables>

interface Row extends LifeRow {
  id: number
  project_id: number
  event_count: number
  user_count: number
}

interface Change {
  row: Row
  life: Life
  entries: Entry[]
}

const readRows = (db: Write, issueIds: readonly number[]): Promise<Row[]> =>
  db
    .selectFrom('issue')
    .select([...LIFE_COLUMNS, 'id', 'project_id', 'event_count', 'user_count'])
    .where('id', 'in', issueIds)
    .orderBy('id')
    .execute()

/** Fills in what an order leaves to each issue; undefined when the project has no release that it could mean. */
const toCommand = (order: Order, row: Row, latest: string | undefined): Command | undefined => {
  if (order.type === 'ignore') return { ...order, counted: { events: row.event_count, users: row.user_count } }
  if (order.type !== 'resolve-by-latest-release') return order
  if (latest === undefined) return undefined
  const note = order.note === undefined ? {} : { note: order.note }
  const resolution = order.next
    ? { by: 'next-release' as const, after: latest, ...note }
    : { by: 'release' as const, version: latest, ...note }
  return { type: 'resolve', resolution }
}

export interface Ordered {
  orders: readonly Order[]
  by: string | null
  now: number
  /** The release that it is about, where the order does not say one. */
  release?: string
  /** The ticket that it comes from. */
  from?: TicketName
}

const carryOut = (row: Row, { orders, by, now }: Ordered, latest: string | undefined): Change | undefined => {
  const change: Change = { row, life: toLife(row), entries: [] }
  for (const order of orders) {
    const command = toCommand(order, row, latest)
    if (!command) return undefined
    const { life, entry } = advance(change.life, command, { now, byPerson: by !== null })
    change.life = life
    if (entry) change.entries.push(entry)
  }
  return change
}

/** Versions of projects, each looked up once, and only when an order is about it. */
const latestReleases = (db: Write, orders: readonly Order[]) => {
  const known = new Map<number, string | undefined>()
  const isNeeded = orders.some(({ type }) => type === 'resolve-by-latest-release')
  return async (projectId: number): Promise<string | undefined> => {
    if (isNeeded && !known.has(projectId)) known.set(projectId, (await latestRelease(db, projectId))?.version)
    return known.get(projectId)
  }
}

const followers = ({ row, life, entries }: Change, by: string | null): NewSubscription[] => {
  const actor = accountOf(by)
  const assigned = entries.some(({ type }) => type === 'assigned') && life.assignee?.type === 'user'
  return [
    ...(assigned ? [{ issueId: row.id, accountId: life.assignee!.id, reason: 'assigned' as const }] : []),
    ...(actor === undefined ? [] : [{ issueId: row.id, accountId: actor, reason: 'changed' as const }]),
  ]
}

/** The columns that are another than before, as JSON. */
const differenceOf = ({ row, life }: Change): string => {
  const before: Partial<Record<string, unknown>> = { ...row }
  return JSON.stringify(
    Object.fromEntries(Object.entries(lifeColumns(life)).filter(([name, value]) => before[name] !== value)),
  )
}

/** One statement for all issues to which the same happens: nearly always that is all of them. */
const saveLives = async (db: Write, changes: readonly Change[]): Promise<void> => {
  const alike = new Map<string, number[]>()
  for (const change of changes) {
    const difference = differenceOf(change)
    alike.set(difference, [...(alike.get(difference) ?? []), change.row.id])
  }
  for (const [difference, ids] of alike)
    await db
      .updateTable('issue')
      .set(JSON.parse(difference) as Partial<ReturnType<typeof lifeColumns>>)
      .where('id', 'in', ids)
      .execute()
}

/** Those that are resolved now and were not, and those that were and are open. */
const tellTurns = async (db: Write, changes: readonly Change[], { now, from }: Ordered): Promise<void> => {
  const ticketed = await issuesWithTickets(
    db,
    changes.map(({ row }) => row.id),
  )
  for (const { row, life } of changes.filter((change) => ticketed.has(change.row.id))) {
    const wasResolved = row.status === 'resolved'
    const { status, resolution } = life
    const release = resolution?.by === 'release' ? resolution.version : null
    if (status === 'resolved' && !wasResolved)
      await tellTickets(db, { issueId: row.id, event: 'resolved', release, note: resolution?.note, from, now })
    if (status === 'unresolved' && wasResolved) await tellTickets(db, { issueId: row.id, event: 'back', from, now })
  }
}

const save = async (db: Write, changes: readonly Change[], ordered: Ordered): Promise<void> => {
  const { by, now, release } = ordered
  await saveLives(db, changes)
  await noteActivity(
    db,
    changes.flatMap(({ row, entries }) =>
      entries.map((entry) => ({
        projectId: row.project_id,
        issueId: row.id,
        at: now,
        actor: by,
        ...(release !== undefined && { release }),
        ...entry,
      })),
    ),
  )
  await subscribe(
    db,
    changes.flatMap((change) => followers(change, by)),
  )
  for (const { row, entries } of changes)
    if (entries.some(({ type }) => type === 'assigned')) await noteTurningPoint(db, row.id, 'assigned')
  const resolved = changes.filter(({ life }) => life.status === 'resolved').map(({ row }) => row.id)
  await endAlerts(db, resolved, now)
  await tellTurns(db, changes, ordered)
  const ids = changes.map(({ row }) => row.id)
  await noteChanged(db, ids)
  // Who met them is only of use while they are ignored for as long as they were.
  if (ids.length > 0) await forgetWindows(db, ids)
}

/** Carries out orders on a few issues, within the caller's transaction. */
export const changeWithin = async (db: Write, issueIds: readonly number[], ordered: Ordered): Promise<Triaged> => {
  const latestOf = latestReleases(db, ordered.orders)
  const changes: Change[] = []
  const withoutRelease: number[] = []
  for (const row of await readRows(db, issueIds)) {
    const change = carryOut(row, ordered, await latestOf(row.project_id))
    if (!change) withoutRelease.push(row.id)
    else if (change.entries.length > 0) changes.push(change)
  }
  await save(db, changes, ordered)
  return { changed: changes.map(({ row }) => row.id), withoutRelease }
}

// Some 10 ms of the writer's lock.
const ISSUES_AT_ONCE = 100

export const sqlTriage = (db: MainDatabase, now: () => number): Triage => ({
  change: async (issueIds, orders, by) => {
    const triaged: Triaged = { changed: [], withoutRelease: [] }
    for (let from = 0; from < issueIds.length; from += ISSUES_AT_ONCE) {
      const ids = issueIds.slice(from, from + ISSUES_AT_ONCE)
      const ordered = { orders, by, now: now() }
      const some = await db.transaction().execute((transaction) => changeWithin(transaction, ids, ordered))
      triaged.changed.push(...some.changed)
      triaged.withoutRelease.push(...some.withoutRelease)
      await turnOfTheLoop()
    }
    return triaged
  },
  tend: () => tendIssues(db, now()),
})
