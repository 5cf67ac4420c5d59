import type { ReleaseCoverage, ReleasePart } from '../../ports/release-figures.ts'
import type { MainDatabase } from './main-database.ts'
import { readDigests } from './digests.ts'

// Enough to tell which share resolves, and read in some ten milliseconds.
export const EVENTS_LOOKED_AT = 200
// A page loads fewer; a hostile client could name any number.
const SCRIPTS_LOOKED_AT = 100

const scriptsOf = async (db: MainDatabase, { projectId, version }: ReleasePart): Promise<number[]> => {
  const rows = await db
    .selectFrom('script')
    .select('id')
    .where('project_id', '=', projectId)
    .where('release', '=', version)
    .orderBy('id', 'desc')
    .limit(SCRIPTS_LOOKED_AT)
    .execute()
  return rows.map(({ id }) => id)
}

/** The newest events with frames in a script, by their rows. */
const eventsIn = async (db: MainDatabase, scriptId: number): Promise<number[]> => {
  const rows = await db
    .selectFrom('event_script')
    .select('event_id')
    .where('script_id', '=', scriptId)
    .orderBy('event_id', 'desc')
    .limit(EVENTS_LOOKED_AT)
    .execute()
  return rows.map(({ event_id }) => event_id)
}

/** The newest events of a release with frames in scripts, by their rows. */
export const newestEvents = async (db: MainDatabase, part: ReleasePart): Promise<number[]> => {
  const events = new Set<number>()
  for (const script of await scriptsOf(db, part)) for (const id of await eventsIn(db, script)) events.add(id)
  return [...events].toSorted((a, b) => b - a).slice(0, EVENTS_LOOKED_AT)
}

/** Looks at the frames of a release's newest events, as they are resolved now. */
export const releaseCoverage = async (db: MainDatabase, part: ReleasePart): Promise<ReleaseCoverage> => {
  const ids = await newestEvents(db, part)
  const rows = ids.length === 0 ? [] : await db.selectFrom('event').select('digest').where('id', 'in', ids).execute()
  const digests = await readDigests(
    db,
    rows.map(({ digest }) => digest),
  )
  const frames = digests.flatMap(({ stacks }) => stacks.flat()).filter(({ inApp }) => inApp)
  return {
    events: rows.length,
    frames: frames.length,
    resolved: frames.filter(({ resolution }) => resolution.status === 'resolved').length,
  }
}
