import type { Transaction } from 'kysely'
import type { Facts } from '../../alerts/condition.ts'
import type { Reading } from '../../alerts/reading.ts'
import { tagsOf } from '../../event-facets.ts'
import type { ReadingStore } from '../../ports/readings.ts'
import type { StoredEvent } from '../../stored-event.ts'
import type { MainDatabase } from './main-database.ts'
import { eventsSince } from './events-since.ts'
import { projectOwners, type ProjectOwners } from './project-owners.ts'
import { raiseByReadings } from './raise-alerts.ts'
import { readingsOfFrames } from './readings.ts'
import { sqlSettings } from './settings.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

interface Page {
  from: number
  limit: number
}

/** Sessions as they ended: how they stood in between is not kept. */
const sessionsSince = async (db: MainDatabase, projectId: number, { from, limit }: Page): Promise<Reading[]> => {
  const rows = await db
    .selectFrom('client_session')
    .select(['started_at', 'release', 'environment', 'severity'])
    .where('project_id', '=', projectId)
    .where('started_at', '>=', from)
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute()
  return rows.toReversed().map(({ started_at, release, environment, severity: grade }) => {
    const at = Number(started_at)
    const facts = { tags: new Map(Object.entries({ release, environment })) }
    return { projectId, kind: 'sessions', at, receivedAt: at, grade, quantity: 1, ...facts }
  })
}

const factsOf = async (event: StoredEvent, owners: ProjectOwners): Promise<Facts> => ({
  tags: new Map(tagsOf(event.payload)),
  url: event.payload.request?.url,
  owners: await owners.namesOf(event),
})

/** Frames as they are resolved now. */
const framesSince = async (db: MainDatabase, projectId: number, page: Page): Promise<Reading[]> => {
  const newestFirst: Reading[] = []
  const owners = projectOwners(db)
  for await (const events of eventsSince(db, projectId, page))
    for (const event of events) newestFirst.push(...readingsOfFrames(event, await factsOf(event, owners)))
  return newestFirst.toReversed()
}

const LAST_LETTER = 'last-counted-dead-letter'

const lastLetter = async (db: MainDatabase): Promise<number | undefined> => {
  const text = await sqlSettings(db).get(LAST_LETTER)
  return text === undefined ? undefined : Number(text)
}

const toReading = (projectId: number, now: number): Reading => ({
  projectId,
  kind: 'dead-letters',
  at: now,
  receivedAt: now,
  grade: 1,
  quantity: 1,
  tags: new Map(),
})

/** What is counted and up to where are written together, so that a look that is cut off counts nothing twice. */
const countLetters = async (
  db: Write,
  { letters, upTo, now }: { letters: readonly { projectId: number }[]; upTo: number; now: number },
): Promise<void> => {
  await sqlSettings(db).set(LAST_LETTER, String(upTo))
  await raiseByReadings(
    db,
    letters.map(({ projectId }) => toReading(projectId, now)),
    now,
  )
}

export const sqlReadings = (db: MainDatabase, now: () => number): ReadingStore => ({
  since: (projectId, kind, page) =>
    kind === 'sessions' ? sessionsSince(db, projectId, page) : framesSince(db, projectId, page),
  count: (readings) => db.transaction().execute((transaction) => raiseByReadings(transaction, readings, now())),
  lastLetter: () => lastLetter(db),
  countLetters: (letters, upTo) =>
    db.transaction().execute((transaction) => countLetters(transaction, { letters, upTo, now: now() })),
})
