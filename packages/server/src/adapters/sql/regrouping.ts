import { sql, type Transaction } from 'kysely'
import type { GroupedEvent } from '../../event.ts'
import type { RawStoredEvent, RegroupedEvent, RegroupJob, Regrouping } from '../../ports/regrouping.ts'
import type { MainDatabase } from './database.ts'
import { writeDigests } from './digests.ts'
import type { EventRow } from './event-rows.ts'
import { moveFigures, moveRemainder, refreshHeadlines, type Move } from './issue-figures.ts'
import { findIssue, learnHashes, ownersOf } from './issue-hashes.ts'
import { closeEmptied, noteTransfers } from './issue-transfers.ts'
import { relinkMaps } from './map-use.ts'
import { createIssue } from './new-issue.ts'
import { unpack } from './payload.ts'
import { EVENTS_PER_JOB, regroupJobs, type Subject } from './regroup-jobs.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const toRaw = (row: EventRow): RawStoredEvent =>
  ({
    row: row.id,
    projectId: row.project_id,
    eventId: row.event_id,
    happenedAt: Number(row.happened_at),
    receivedAt: Number(row.received_at),
    times: row.times,
    ...unpack(row.payload),
  }) as RawStoredEvent

interface Progress {
  subject: Subject
  belowEvent: number
}

const readProgress = async (db: MainDatabase, jobId: number): Promise<Progress> => {
  const row = await db
    .selectFrom('regroup_job')
    .select(['subject', 'below_event'])
    .where('id', '=', jobId)
    .executeTakeFirstOrThrow()
  return { subject: JSON.parse(row.subject), belowEvent: Number(row.below_event) }
}

const eventsOfScripts = async (
  db: MainDatabase,
  scripts: readonly number[],
  { belowEvent, limit }: { belowEvent: number; limit: number },
): Promise<number[]> => {
  const found = new Set<number>()
  for (const script of scripts) {
    const rows = await db
      .selectFrom('event_script')
      .select('event_id')
      .where('script_id', '=', script)
      .where('event_id', '<', belowEvent)
      .orderBy('event_id', 'desc')
      .limit(limit)
      .execute()
    for (const { event_id: id } of rows) found.add(id)
  }
  return [...found].sort((a, b) => b - a).slice(0, limit)
}

const newestOf = (
  db: MainDatabase,
  projectId: number,
  { limit, belowEvent = Number.MAX_SAFE_INTEGER }: { limit: number; belowEvent?: number },
) =>
  db
    .selectFrom('event')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '<', belowEvent)
    .orderBy('id', 'desc')
    .limit(limit)

const readRows = async (db: MainDatabase, job: RegroupJob, limit: number): Promise<EventRow[]> => {
  const { subject, belowEvent } = await readProgress(db, job.id)
  if (!('scripts' in subject)) return newestOf(db, job.projectId, { limit, belowEvent }).execute()
  const ids = await eventsOfScripts(db, subject.scripts, { belowEvent, limit })
  if (ids.length === 0) return []
  return db.selectFrom('event').selectAll().where('id', 'in', ids).orderBy('id', 'desc').execute()
}

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
  const digests = await writeDigests(db, events, now)
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

/** Retention keeps some events of each issue; what it knows of them goes along. */
const carryTurningPoints = async (db: Write, moved: readonly { row: number; to: number }[]): Promise<void> => {
  for (const { row, to } of moved)
    await db.updateTable('turning_point').set({ issue_id: to }).where('event_id', '=', row).execute()
}

const advance = async (
  db: Write,
  job: RegroupJob,
  step: { checked: number; changed: number; moved: number; belowEvent?: number; isLast: boolean; now: number },
): Promise<void> => {
  await db
    .updateTable('regroup_job')
    .set((eb) => ({
      // Events that were stored since the pass was asked for were not counted then.
      total: sql`case when total < checked + ${step.checked} then checked + ${step.checked} else total end`,
      checked: eb('checked', '+', step.checked),
      changed: eb('changed', '+', step.changed),
      moved: eb('moved', '+', step.moved),
      ...(step.belowEvent === undefined ? {} : { below_event: step.belowEvent }),
      ...(step.isLast ? { finished_at: step.now } : {}),
    }))
    .where('id', '=', job.id)
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
    moved.map(({ event, from, to }): Move => ({ from, to, times: event.times, payload: event.payload })),
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

/** Events of a hash that are still in another issue than the one that has the hash now. */
const strayEvents = async (db: Write, job: RegroupJob, limit: number): Promise<(EventRow & { owner: number })[]> => {
  const { subject } = await readProgress(db, job.id)
  const owners = await ownersOf(db, job.projectId, 'hashes' in subject ? subject.hashes : [])
  for (const [hash, owner] of owners)
    // Two ranges of the index; one comparison for "not equal" would walk over all events of the hash.
    for (const side of ['<', '>'] as const) {
      const rows = await db
        .selectFrom('event')
        .selectAll()
        .where('project_id', '=', job.projectId)
        .where('group_hash', '=', hash)
        .where('issue_id', side, owner)
        .limit(limit)
        .execute()
      if (rows.length > 0) return rows.map((row) => ({ ...row, owner }))
    }
  return []
}

const moveRemainders = async (db: Write, job: RegroupJob): Promise<void> => {
  // Every event has tags: those of an issue without events are of events that were deleted.
  const hasTags = sql<boolean>`exists (select 1 from issue_tag where issue_tag.issue_id = issue.id)`
  const thinned = await db
    .selectFrom('issue')
    .select(['id', 'merged_into'])
    .where('project_id', '=', job.projectId)
    .where('merged_into', 'is not', null)
    // Events that are still there go with the pass of their own hashes.
    .whereRef('event_count', '=', 'thinned_count')
    .where(({ or, eb }) => or([eb('thinned_count', '>', 0), hasTags]))
    .execute()
  for (const { id, merged_into: target } of thinned) await moveRemainder(db, id, target!)
}

const follow = async (db: Write, job: RegroupJob, { limit, now }: { limit: number; now: number }): Promise<void> => {
  const rows = await strayEvents(db, job, limit)
  for (const { id, owner } of rows)
    await db.updateTable('event').set({ issue_id: owner }).where('id', '=', id).execute()
  await carryTurningPoints(
    db,
    rows.map(({ id, owner }) => ({ row: id, to: owner })),
  )
  await moveFigures(
    db,
    rows.map((row) => ({ from: row.issue_id, to: row.owner, times: row.times, payload: unpack(row.payload).payload })),
  )
  if (rows.length === 0 && job.cause === 'merged') await moveRemainders(db, job)
  await advance(db, job, { checked: rows.length, changed: 0, moved: rows.length, isLast: rows.length === 0, now })
}

export const sqlRegrouping = (db: MainDatabase, now: () => number): Regrouping => ({
  ...regroupJobs(db, now),
  newest: async (projectId, limit) => (await newestOf(db, projectId, { limit }).execute()).map(toRaw),
  events: async (job, limit) => (await readRows(db, job, limit)).map(toRaw),
  replace: (job, events) =>
    db.transaction().execute((transaction) => replace(transaction, job, { events, now: now() })),
  follow: (job, limit) => db.transaction().execute((transaction) => follow(transaction, job, { limit, now: now() })),
})
