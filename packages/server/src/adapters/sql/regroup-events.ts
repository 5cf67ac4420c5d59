import type { RawStoredEvent, RegroupJob } from '../../ports/regrouping.ts'
import type { MainDatabase } from './main-database.ts'
import type { EventRow } from './event-rows.ts'
import { unpack } from './payload.ts'
import { readProgress } from './regroup-jobs.ts'

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

/** A project's newest events as they came. */
export const newestEvents = async (db: MainDatabase, projectId: number, limit: number): Promise<RawStoredEvent[]> =>
  (await newestOf(db, projectId, { limit }).execute()).map(toRaw)

/** The events that a pass comes to now, as they came. */
export const eventsOfPass = async (db: MainDatabase, job: RegroupJob, limit: number): Promise<RawStoredEvent[]> =>
  (await readRows(db, job, limit)).map(toRaw)
