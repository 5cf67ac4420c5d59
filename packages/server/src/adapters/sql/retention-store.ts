import { sql } from 'kysely'
import type { AgeCursor, AgePass, IssueUsage, Limits, RetentionStore } from '../../ports/retention.ts'
import type { MainDatabase } from './main-database.ts'
import { differencesOf } from './differences.ts'
import { ROW } from './functions.ts'
import { deleteEvents, deleteIssues } from './delete-events.ts'
import { deleteLeftovers } from './removed-projects.ts'

/** Keeps each transaction around twenty milliseconds, so that digesting does not wait for it: a third is the disk's. */
const STEP = 250

const DAY_MS = 24 * 3_600_000

/** Rows that serve no purpose a while after a time that they bear. */
const EXPIRING = [
  { table: 'session', column: 'expires_at', keptMs: 0 },
  { table: 'one_time_link', column: 'expires_at', keptMs: 0 },
  { table: 'sign_on', column: 'expires_at', keptMs: 0 },
  { table: 'log_in_failure', column: 'failed_at', keptMs: DAY_MS },
  { table: 'audit_entry', column: 'happened_at', keptMs: 730 * DAY_MS },
  // A client sends a report again for as long as it keeps it, which is days at most.
  { table: 'counted_report', column: 'counted_at', keptMs: 30 * DAY_MS },
  { table: 'outcome', column: 'hour', keptMs: 400 * DAY_MS },
  { table: 'project_hour', column: 'hour', keptMs: 400 * DAY_MS },
  // Sessions are kept one by one only to recognise what belongs to them; their counts by hour last.
  { table: 'client_session', column: 'started_at', keptMs: 35 * DAY_MS },
  { table: 'session_hour', column: 'hour', keptMs: 400 * DAY_MS },
  { table: 'session_count', column: 'hour', keptMs: 400 * DAY_MS },
  { table: 'measurement', column: 'hour', keptMs: 400 * DAY_MS },
  { table: 'vital_target', column: 'hour', keptMs: 90 * DAY_MS },
] as const

const isOldest = sql<boolean>`not exists (
  select 1 from event as older where older.issue_id = event.issue_id
    and (older.happened_at, older.id) < (event.happened_at, event.id))`
const isNewest = sql<boolean>`not exists (
  select 1 from event as newer where newer.issue_id = event.issue_id
    and (newer.happened_at, newer.id) > (event.happened_at, event.id))`
const isTurningPoint = sql<boolean>`exists (select 1 from turning_point where turning_point.event_id = event.id)`
const hasFeedback = sql<boolean>`exists (
  select 1 from feedback where feedback.project_id = event.project_id and feedback.event_id = event.event_id)`

const isKept = sql<boolean>`(${isOldest} or ${isNewest} or ${isTurningPoint} or ${hasFeedback})`

const deleteAged = (db: MainDatabase, projectId: number, before: number, from: AgeCursor): Promise<AgePass> =>
  db.transaction().execute(async (transaction) => {
    // An issue that was not seen since goes as a whole.
    const isLive = sql<boolean>`exists (select 1 from issue where issue.id = event.issue_id and issue.last_seen >= ${before})`
    const rows = await transaction
      .selectFrom('event')
      .select(['id', 'received_at', sql<number>`(${isLive} and ${isKept})`.as('stays')])
      .where('project_id', '=', projectId)
      .where('received_at', '<', before)
      .where(({ eb, refTuple, tuple }) => eb(refTuple('received_at', 'id'), '>', tuple(from.receivedAt, from.id)))
      .orderBy('received_at')
      .orderBy('id')
      .limit(STEP)
      .execute()
    const { events } = await deleteEvents(
      transaction,
      rows.filter(({ stays }) => !stays).map(({ id }) => id),
    )
    const last = rows.at(-1)
    return {
      deleted: events,
      ...(last && rows.length === STEP ? { next: { receivedAt: last.received_at, id: last.id } } : {}),
    }
  })

const isOfStoredEvent = sql<boolean>`exists (
  select 1 from event where event.project_id = attachment.project_id and event.event_id = attachment.event_id)`
const isOfStoredFeedback = sql<boolean>`exists (
  select 1 from feedback where feedback.project_id = attachment.project_id and feedback.feedback_id = attachment.event_id)`

const deleteAgedFeedback = async (db: MainDatabase, projectId: number, before: number): Promise<number> => {
  const aged = (table: 'feedback' | 'attachment') =>
    db.selectFrom(table).select('id').where('project_id', '=', projectId).where('received_at', '<', before).limit(STEP)
  const told = await db.deleteFrom('feedback').where('id', 'in', aged('feedback')).executeTakeFirst()
  // Files stay for as long as what they came with.
  const left = aged('attachment').where(sql<boolean>`not (${isOfStoredEvent} or ${isOfStoredFeedback})`)
  const files = await db.deleteFrom('attachment').where('id', 'in', left).executeTakeFirst()
  return Number(told.numDeletedRows) + Number(files.numDeletedRows)
}

const deleteForgottenIssues = (db: MainDatabase, projectId: number, before: number): Promise<number> =>
  db.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom('issue')
      .select('id')
      .where('project_id', '=', projectId)
      .where('last_seen', '<', before)
      .where(sql<boolean>`not exists (select 1 from event where event.issue_id = issue.id)`)
      .limit(STEP)
      .execute()
    await deleteIssues(
      transaction,
      rows.map(({ id }) => id),
    )
    return rows.length
  })

const thin = (db: MainDatabase, issueId: number, atMost: number): Promise<{ events: number; bytes: number }> =>
  db.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom('event')
      .select('id')
      .where('issue_id', '=', issueId)
      .where(sql<boolean>`not ${isKept}`)
      .orderBy('happened_at')
      .orderBy('id')
      .limit(Math.min(atMost, STEP))
      .execute()
    return deleteEvents(
      transaction,
      rows.map(({ id }) => id),
    )
  })

const usage = async (db: MainDatabase, projectId: number): Promise<IssueUsage[]> => {
  const rows = await db
    .selectFrom('event')
    .select(({ fn }) => ['issue_id', fn.countAll<number>().as('events'), fn.sum<number>('size').as('bytes')])
    .where('project_id', '=', projectId)
    .groupBy('issue_id')
    .execute()
  return rows.map(({ issue_id: issueId, events, bytes }) => ({ issueId, events: Number(events), bytes: Number(bytes) }))
}

const deleteExpired = async (db: MainDatabase, now: number): Promise<number> => {
  let deleted = 0
  for (const { table, column, keptMs } of EXPIRING) {
    const result = await sql`
      delete from ${sql.table(table)} where ${ROW} in
        (select ${ROW} from ${sql.table(table)} where ${sql.ref(column)} < ${now - keptMs} limit ${STEP})`.execute(db)
    deleted += Number(result.numAffectedRows ?? 0)
  }
  return deleted
}

const withoutNulls = (row: { [name in keyof Limits]: number | null } | undefined): Partial<Limits> => ({
  ...(row?.days == null ? {} : { days: row.days }),
  ...(row?.events == null ? {} : { events: row.events }),
  ...(row?.megabytes == null ? {} : { megabytes: row.megabytes }),
})

export const sqlRetentionStore = (db: MainDatabase): RetentionStore => ({
  projectIds: async () => (await db.selectFrom('project').select('id').execute()).map(({ id }) => id),
  ownLimits: async (projectId) =>
    withoutNulls(
      await db.selectFrom('project_retention').selectAll().where('project_id', '=', projectId).executeTakeFirst(),
    ),
  setOwnLimits: async (projectId, { days = null, events = null, megabytes = null }) => {
    const limits = { days, events, megabytes }
    await db
      .insertInto('project_retention')
      .values({ project_id: projectId, ...limits })
      .onConflict((conflict) => conflict.column('project_id').doUpdateSet(limits))
      .execute()
  },
  deleteAged: (projectId, before, from) => deleteAged(db, projectId, before, from),
  deleteAgedFeedback: (projectId, before) => deleteAgedFeedback(db, projectId, before),
  deleteForgottenIssues: (projectId, before) => deleteForgottenIssues(db, projectId, before),
  usage: (projectId) => usage(db, projectId),
  thin: (issueId, atMost) => thin(db, issueId, atMost),
  removedProjects: async () =>
    (await db.selectFrom('removed_project').selectAll().execute()).map((row) => ({
      id: row.project_id,
      removedAt: Number(row.removed_at),
    })),
  deleteLeftovers: (projectId) => deleteLeftovers(db, projectId, STEP),
  forgetProject: async (projectId) => {
    await db.deleteFrom('removed_project').where('project_id', '=', projectId).execute()
  },
  deleteExpired: (now) => deleteExpired(db, now),
  prepareDays: (now) => differencesOf(db).eventDays.prepare(db, now),
  releaseDay: (now) => differencesOf(db).eventDays.release(db, now),
  releaseSpace: () => differencesOf(db).releaseSpace(db),
})
