import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import { eventScripts, type EventScript, type ScriptedPayload } from '../../artifacts/event-scripts.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

export interface ScriptedEvent {
  /** The event's row. */
  id: number
  projectId: number
  payload: ScriptedPayload
}

const ROWS_PER_STATEMENT = 500

const HASHES_KEPT = 2000

// The same few scripts come with all events of a build.
const knownHashes = new Map<string, string>()

const hashOf = ({ url, debugId, release, dist }: EventScript): string => {
  const text = JSON.stringify([url, debugId, release, dist])
  const hash = knownHashes.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 27)
  if (knownHashes.size >= HASHES_KEPT) knownHashes.clear()
  knownHashes.set(text, hash)
  return hash
}

const findScripts = async (db: Write, projectId: number, hashes: readonly string[]): Promise<Map<string, number>> => {
  const rows = await db
    .selectFrom('script')
    .select(['id', 'hash'])
    .where('project_id', '=', projectId)
    .where('hash', 'in', hashes)
    .execute()
  return new Map(rows.map(({ id, hash }) => [hash, id]))
}

/** IDs of scripts by their hashes; new ones are noted. */
const ensureScripts = async (
  db: Write,
  projectId: number,
  scripts: ReadonlyMap<string, EventScript>,
): Promise<Map<string, number>> => {
  const hashes = [...scripts.keys()]
  const known = new Map<string, number>()
  for (let start = 0; start < hashes.length; start += ROWS_PER_STATEMENT) {
    const slice = hashes.slice(start, start + ROWS_PER_STATEMENT)
    const found = await findScripts(db, projectId, slice)
    const rows = slice
      .filter((hash) => !found.has(hash))
      .map((hash) => {
        const { url, fileName, debugId, release } = scripts.get(hash)!
        return { project_id: projectId, hash, url, file_name: fileName, debug_id: debugId, release }
      })
    const added = rows.length > 0 ? await db.insertInto('script').values(rows).returning(['id', 'hash']).execute() : []
    for (const [hash, id] of [...found, ...added.map(({ hash, id }) => [hash, id] as const)]) known.set(hash, id)
  }
  return known
}

const linkProject = async (db: Write, projectId: number, events: readonly ScriptedEvent[]): Promise<void> => {
  const links: { hash: string; eventId: number }[] = []
  const scripts = new Map<string, EventScript>()
  for (const { id, payload } of events)
    for (const script of eventScripts(payload)) {
      const hash = hashOf(script)
      scripts.set(hash, script)
      links.push({ hash, eventId: id })
    }
  const ids = await ensureScripts(db, projectId, scripts)
  for (let start = 0; start < links.length; start += ROWS_PER_STATEMENT)
    await db
      .insertInto('event_script')
      .values(
        links
          .slice(start, start + ROWS_PER_STATEMENT)
          .map(({ hash, eventId }) => ({ script_id: ids.get(hash)!, event_id: eventId })),
      )
      .execute()
}

/** Notes in which scripts the frames of new events lie, so that a map that arrives finds them. */
export const linkScripts = async (db: Write, events: readonly ScriptedEvent[]): Promise<void> => {
  for (const projectId of new Set(events.map((event) => event.projectId)))
    await linkProject(
      db,
      projectId,
      events.filter((event) => event.projectId === projectId),
    )
}
