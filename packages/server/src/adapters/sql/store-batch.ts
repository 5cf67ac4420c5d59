import type { Transaction } from 'kysely'
import type { PackedEvent } from '../../event.ts'
import type { Batch, Outcome, StoreResult } from '../../ports/events.ts'
import { countOutcomes, freshOutcomes } from './count-outcomes.ts'
import { dayOf, writeDigests } from './digests.ts'
import { learnPeople } from './event-people.ts'
import { linkScripts } from './event-scripts.ts'
import { countHours } from './hour-counts.ts'
import { noteChanged } from './issue-changes.ts'
import { createIssueBatch, type Placed } from './issue-batch.ts'
import type { SeenFrames } from './known-frames.ts'
import { linkMaps } from './map-use.ts'
import { countSessionHours } from './session-hours.ts'
import { raiseAlerts, raiseByReadings } from './raise-alerts.ts'
import { readingOfCount, readingsOfMeasurement, readingsOfSession } from './readings.ts'
import { readSessionChanges } from './session-changes.ts'
import { noteReleases, type ReleaseSighting } from './release-sightings.ts'
import { countMeasurements, countSessions, storeSessions } from './store-figures.ts'
import type { Tables } from './tables.ts'
import { noteRegressions } from './turning-points.ts'

type Write = Transaction<Tables>

const keyOf = (projectId: number, eventId: string): string => `${projectId} ${eventId}`

const storedKeys = async (db: Write, events: readonly PackedEvent[]): Promise<Set<string>> => {
  const keys = new Set<string>()
  for (const projectId of new Set(events.map((event) => event.projectId))) {
    const ids = events.filter((event) => event.projectId === projectId).map((event) => event.eventId)
    const rows = await db
      .selectFrom('event_key')
      .select('event_id')
      .where('project_id', '=', projectId)
      .where('event_id', 'in', ids)
      .execute()
    for (const { event_id } of rows) keys.add(keyOf(projectId, event_id))
  }
  return keys
}

interface PlacedEvent extends Pick<Placed, 'change'> {
  event: PackedEvent
  issueId: number
}

const toRow = ({ event, issueId }: PlacedEvent, digest: string) => ({
  project_id: event.projectId,
  event_id: event.eventId,
  issue_id: issueId,
  happened_at: event.happenedAt,
  received_at: event.receivedAt,
  times: event.times,
  title: event.headline.title,
  payload: event.packed,
  digest,
  size: event.packed.length + digest.length,
  group_hash: event.grouping.keys[0]!.hash,
})

// SQLite takes 32,766 parameters in one statement.
const EVENTS_AT_ONCE = 100

const insertEvents = async (db: Write, placed: readonly PlacedEvent[], { now, seen }: Storing): Promise<void> => {
  const digests = await writeDigests(
    db,
    placed.map(({ event }) => event),
    { day: dayOf(now), seen },
  )
  const rows = placed.map((event, index) => toRow(event, digests[index]!))
  const inserted = []
  for (let from = 0; from < rows.length; from += EVENTS_AT_ONCE) {
    const slice = rows.slice(from, from + EVENTS_AT_ONCE)
    const added = await db.insertInto('event').values(slice).returning(['id', 'project_id', 'event_id']).execute()
    // The order of returned rows is not promised.
    const ids = new Map(added.map(({ id, project_id, event_id }) => [keyOf(project_id, event_id), id]))
    for (const { event, issueId, change } of placed.slice(from, from + EVENTS_AT_ONCE))
      inserted.push({
        id: ids.get(keyOf(event.projectId, event.eventId))!,
        projectId: event.projectId,
        issueId,
        change,
        payload: event.payload,
        usedMaps: event.usedMaps,
      })
  }
  await linkScripts(db, inserted)
  await linkMaps(db, inserted)
  await learnPeople(db, inserted)
  await noteRegressions(db, inserted)
}

/** Events that are not stored yet, each once; the others are undefined. */
const withoutDuplicates = async (db: Write, events: readonly PackedEvent[]): Promise<(PackedEvent | undefined)[]> => {
  const known = await storedKeys(db, events)
  return events.map((event) => {
    const key = keyOf(event.projectId, event.eventId)
    if (known.has(key)) return undefined
    known.add(key)
    return event
  })
}

interface StoredEvents {
  results: StoreResult[]
  changedIssues: number[]
}

const storeEvents = async (db: Write, { events = [] }: Batch, storing: Storing): Promise<StoredEvents> => {
  const { now } = storing
  const issues = createIssueBatch(db, now)
  const fresh = await withoutDuplicates(db, events)
  const places = new Map<PackedEvent, Placed>()
  for (const event of fresh) if (event) places.set(event, await issues.place(event))
  const changedIssues = await issues.save()
  await raiseAlerts(db, places, now)
  await insertEvents(
    db,
    [...places].map(([event, { issue, change }]) => ({ event, issueId: issue.id, change })),
    storing,
  )
  await countHours(
    db,
    [...places].map(([event, { issue }]) => ({ ...event, issueId: issue.id })),
  )
  const results = fresh.map((event): StoreResult => {
    const place = event && places.get(event)
    return place ? { status: 'stored', ...place } : { status: 'duplicate' }
  })
  return { results, changedIssues }
}

const outcomeOf = (event: PackedEvent, result: StoreResult): Outcome => ({
  projectId: event.projectId,
  at: event.receivedAt,
  category: event.kind === 'error' ? 'error' : 'default',
  outcome: result.status === 'stored' ? 'accepted' : 'duplicate',
  reason: '',
  quantity: event.times,
})

const sightingsOf = (batch: Batch, results: readonly StoreResult[]): ReleaseSighting[] => {
  const { events = [], sessions = [], sessionCounts = [] } = batch
  const ofEvents = events.flatMap(({ projectId, happenedAt, payload: { release } }, index): ReleaseSighting[] => {
    const result = results[index]!
    return release && result.status === 'stored'
      ? [{ projectId, version: release, eventAt: happenedAt, isNewIssue: result.change === 'new' }]
      : []
  })
  return [
    ...ofEvents,
    ...[...sessions, ...sessionCounts].map(({ projectId, release: version }) => ({ projectId, version })),
  ]
}

/** Whose requests are stored: the inbox that they came from, and who reads it. */
export interface Reading {
  inbox: string
  reader: string
}

/** What a transaction that stores a batch is told. */
export interface Storing {
  now: number
  reading: Reading
  /** Frames that need not be looked up. */
  seen: SeenFrames
}

const DAY_MS = 24 * 3_600_000

/**
 * Notes which requests are stored now. The reader's older notes can go: their requests left the inbox before the next were
 * claimed. Those of a reader that is no more can go once nobody will be handed their requests.
 */
const noteItems = async (db: Write, { inbox, reader }: Reading, batch: { items: readonly number[]; now: number }) => {
  const { items, now } = batch
  await db
    .deleteFrom('digested_item')
    .where((eb) => eb.or([eb('reader', '=', reader), eb('noted_at', '<', now - DAY_MS)]))
    .execute()
  if (items.length > 0)
    await db
      .insertInto('digested_item')
      .values(items.map((item_id) => ({ inbox, item_id, reader, noted_at: now })))
      .execute()
}

/** The projects that a batch writes to. */
export const projectsOf = ({ events = [], reports = [], sessions = [], ...batch }: Batch): Set<number> => {
  const { sessionCounts = [], measurements = [] } = batch
  const parts = [events, reports, sessions, sessionCounts, measurements].flat()
  return new Set(parts.map(({ projectId }) => projectId))
}

/** Stores what a batch of requests came to, and counts what became of each part, all within the caller's transaction. */
export const storeBatch = async (db: Write, batch: Batch, storing: Storing): Promise<StoreResult[]> => {
  const { now, reading } = storing
  const { events = [], reports = [], sessions = [], sessionCounts = [], measurements = [], items } = batch
  const { results, changedIssues } = await storeEvents(db, batch, storing)
  const stored = events.map((event, index) => outcomeOf(event, results[index]!))
  await countOutcomes(db, [...stored, ...(await freshOutcomes(db, reports))])
  const changes = await readSessionChanges(db, sessions, now)
  await countSessionHours(db, { changes, counts: sessionCounts })
  await storeSessions(db, { sessions, changes, now })
  await countSessions(db, sessionCounts)
  await countMeasurements(db, measurements)
  const readings = [
    ...changes.flatMap((change) => readingsOfSession(change, now)),
    ...sessionCounts.map(readingOfCount),
    ...measurements.flatMap(readingsOfMeasurement),
  ]
  await raiseByReadings(db, readings, now)
  await noteReleases(db, sightingsOf(batch, results), now)
  if (items) await noteItems(db, reading, { items, now })
  // Last: who stores at the same time waits from here on.
  if (changedIssues.length > 0) await noteChanged(db, changedIssues)
  return results
}
