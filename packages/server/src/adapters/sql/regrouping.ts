import type { Transaction } from 'kysely'
import type { GroupedEvent } from '../../event.ts'
import type { RegroupedEvent, RegroupJob, Regrouping } from '../../ports/regrouping.ts'
import type { MainDatabase } from './main-database.ts'
import { dayOf, writeDigests } from './digests.ts'
import { moveFigures, refreshHeadlines, type Move } from './issue-figures.ts'
import { findIssue, learnHashes } from './issue-hashes.ts'
import { closeEmptied, noteTransfers } from './issue-transfers.ts'
import { relinkMaps } from './map-use.ts'
import { createIssue } from './new-issue.ts'
import { eventsOfPass, newestEvents } from './regroup-events.ts'
import { follow } from './regroup-follow.ts'
import { advance, EVENTS_PER_JOB, regroupJobs } from './regroup-jobs.ts'
import type { Tables } from './tables.ts'
import { carryTurningPoints } from './turning-points.ts'

type Write = Transaction<Tables>

interface Placed {
  event: RegroupedEvent
  digest: string
  /** The issue that the event was in. */
  from: number
  to: number
}

/** The issue that the event belongs to now. One that appears because a lump was split keeps the lump's status. */
const placeOf = async (db: Write, event: GroupedEvent, from: number): Promise<number> => {
  const { projectId, grouping } = event
  const issueId = (await findIssue(db, projectId, grouping)) ?? (await createIssue(db, event, { like: from }))
  await learnHashes(db, { projectId, issueId, grouping })
  return issueId
}

const placeChanged = async (db: Write, events: readonly RegroupedEvent[], now: number): Promise<Placed[]> => {
  if (events.length === 0) return []
  const digests = await writeDigests(db, events, { day: dayOf(now) })
  const rows = await db
    .selectFrom('event')
    .select(['id', 'issue_id', 'digest'])
    .where(
      'id',
      'in',
      events.map((event) => event.row),
    )
    .execute()
  const stored = new Map(rows.map((row) => [row.id, row]))
  const placed: Placed[] = []
  for (const [index, event] of events.entries()) {
    const before = stored.get(event.row)
    const digest = digests[index]!
    if (!before || before.digest === digest) continue
    placed.push({ event, digest, from: before.issue_id, to: await placeOf(db, event, before.issue_id) })
  }
  return placed
}

const writePlaced = async (db: Write, placed: readonly Placed[]): Promise<void> => {
  for (const { event, digest, to } of placed)
    await db
      .updateTable('event')
      .set({ digest, issue_id: to, title: event.headline.title, group_hash: event.grouping.keys[0]!.hash })
      .where('id', '=', event.row)
      .execute()
}

const replace = async (
  db: Write,
  job: RegroupJob,
  { events, now }: { events: readonly RegroupedEvent[]; now: number },
): Promise<void> => {
  const placed = await placeChanged(db, events, now)
  await writePlaced(db, placed)
  const moved = placed.filter(({ from, to }) => from !== to)
  await moveFigures(
    db,
    moved.map(({ event, from, to }): Move => ({
      from,
      to,
      times: event.times,
      happenedAt: event.happenedAt,
      payload: event.payload,
    })),
  )
  await refreshHeadlines(db, new Set(placed.filter(({ from, to }) => from === to).map(({ to }) => to)))
  await carryTurningPoints(
    db,
    moved.map(({ event, to }) => ({ row: event.row, to })),
  )
  await noteTransfers(db, job, { moves: moved, now })
  await closeEmptied(db, job, { issueIds: new Set(moved.map(({ from }) => from)) })
  await relinkMaps(
    db,
    events.map(({ row, usedMaps }) => ({ id: row, usedMaps })),
  )
  const oldest = events.at(-1)?.row
  await advance(db, job, {
    checked: events.length,
    changed: placed.length,
    moved: moved.length,
    ...(oldest === undefined ? {} : { belowEvent: oldest }),
    isLast: events.length === 0 || job.checked + events.length >= EVENTS_PER_JOB,
    now,
  })
}

export const sqlRegrouping = (db: MainDatabase, now: () => number): Regrouping => ({
  ...regroupJobs(db, now),
  newest: (projectId, limit) => newestEvents(db, projectId, limit),
  events: (job, limit) => eventsOfPass(db, job, limit),
  replace: (job, events) =>
    db.transaction().execute((transaction) => replace(transaction, job, { events, now: now() })),
  follow: (job, limit) => db.transaction().execute((transaction) => follow(transaction, job, { limit, now: now() })),
})
