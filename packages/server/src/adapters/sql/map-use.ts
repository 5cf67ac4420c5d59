import type { Transaction } from 'kysely'
import type { ResolvedIssue } from '../../ports/artifact-bundles.ts'
import type { MainDatabase } from './main-database.ts'
import type { Tables } from './tables.ts'

export interface EventWithMaps {
  /** The event's row. */
  id: number
  /** IDs of the maps that led frames to their sources. */
  usedMaps: readonly number[]
}

const ROWS_PER_STATEMENT = 500
// The answer is about what is recent; an upload may have resolved millions of events.
const EVENTS_LOOKED_AT = 10_000

/** Notes which maps resolved new events. */
export const linkMaps = async (db: Transaction<Tables>, events: readonly EventWithMaps[]): Promise<void> => {
  const rows = events.flatMap(({ id, usedMaps }) => usedMaps.map((map) => ({ artifact_id: map, event_id: id })))
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT)
    await db
      .insertInto('map_use')
      .values(rows.slice(start, start + ROWS_PER_STATEMENT))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

/** The same for events that were read anew. */
export const relinkMaps = async (db: Transaction<Tables>, events: readonly EventWithMaps[]): Promise<void> => {
  if (events.length === 0) return
  const ids = events.map(({ id }) => id)
  await db.deleteFrom('map_use').where('event_id', 'in', ids).execute()
  await linkMaps(db, events)
}

/** Issues whose newest events a bundle's maps resolved, the newest first. */
export const resolvedIssues = async (db: MainDatabase, bundleId: number, limit: number): Promise<ResolvedIssue[]> => {
  const recent = db
    .selectFrom('artifact_in_bundle')
    .innerJoin('map_use', 'map_use.artifact_id', 'artifact_in_bundle.artifact_id')
    .select('map_use.event_id')
    .distinct()
    .where('artifact_in_bundle.bundle_id', '=', bundleId)
    .orderBy('map_use.event_id', 'desc')
    .limit(EVENTS_LOOKED_AT)
  const used = db
    .selectFrom(recent.as('recent'))
    .innerJoin('event', 'event.id', 'recent.event_id')
    .select(({ fn }) => ['event.issue_id', fn.countAll<number>().as('events'), fn.max('event.id').as('newest')])
    .groupBy('event.issue_id')
  const rows = await db
    .selectFrom(used.as('used'))
    .innerJoin('issue', 'issue.id', 'used.issue_id')
    .innerJoin('event as newest', 'newest.id', 'used.newest')
    .select(['issue.id', 'issue.title', 'issue.culprit', 'used.events', 'newest.event_id', 'newest.happened_at'])
    .orderBy('newest.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id, title, culprit, events, event_id, happened_at }) => ({
    id,
    title,
    culprit,
    events: Number(events),
    newestEvent: event_id,
    newestAt: Number(happened_at),
  }))
}
