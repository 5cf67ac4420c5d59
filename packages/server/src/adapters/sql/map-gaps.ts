import type { ResolvedFrame } from '@foghorn/symbolicate'
import type { MapGap, MapGaps } from '../../ports/map-gaps.ts'
import type { EventDigest } from '../../stored-event.ts'
import type { MainDatabase } from './main-database.ts'
import { readDigests } from './digests.ts'
import { EVENTS_LOOKED_AT, newestEvents } from './release-coverage.ts'

const GAPS_AT_MOST = 50

interface LookedAt {
  id: number
  event_id: string
  issue_id: number
  happened_at: number
  digest: EventDigest
}

interface Script {
  url: string
  debug_id: string
  release: string
}

const newestOf = async (db: MainDatabase, projectId: number): Promise<number[]> => {
  const rows = await db
    .selectFrom('event')
    .select('id')
    .where('project_id', '=', projectId)
    .orderBy('id', 'desc')
    .limit(EVENTS_LOOKED_AT)
    .execute()
  return rows.map(({ id }) => id)
}

/** Newest first. */
const readEvents = async (db: MainDatabase, ids: readonly number[]): Promise<LookedAt[]> => {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('event')
    .select(['id', 'event_id', 'issue_id', 'happened_at', 'digest'])
    .where('id', 'in', ids)
    .execute()
  const digests = await readDigests(
    db,
    rows.map(({ digest }) => digest),
  )
  return rows.map((row, index) => ({ ...row, digest: digests[index]! })).toSorted((a, b) => b.id - a.id)
}

const scriptKey = (eventId: number, url: string): string => `${eventId} ${url}`

/** What was noted of the scripts of events, by event and address. */
const readScripts = async (db: MainDatabase, ids: readonly number[]): Promise<Map<string, Script>> => {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('event_script')
    .innerJoin('script', 'script.id', 'event_script.script_id')
    .select(['event_script.event_id', 'script.url', 'script.debug_id', 'script.release'])
    .where('event_script.event_id', 'in', ids)
    .execute()
  return new Map(rows.map(({ event_id, ...script }) => [scriptKey(event_id, script.url), script]))
}

const urlOf = ({ absPath, filename = '' }: ResolvedFrame): string => (absPath ?? filename).replace(/[?#].*$/s, '')

const gapOf = (frame: ResolvedFrame, event: LookedAt, script: Script | undefined): MapGap | undefined => {
  const { resolution, lineno, colno } = frame
  if (resolution.status === 'resolved') return undefined
  const { reason, advice, detail, candidates } = resolution
  return {
    url: urlOf(frame),
    debugId: script?.debug_id ?? '',
    release: script?.release ?? '',
    reason,
    advice,
    ...(detail !== undefined && { detail }),
    ...(candidates && { candidates }),
    ...(lineno !== undefined && { line: lineno }),
    ...(colno !== undefined && { column: colno }),
    frames: 0,
    events: 0,
    newest: { issueId: event.issue_id, eventId: event.event_id, at: event.happened_at },
  }
}

/** Adds an event's frames to the gaps; an event counts once in each. */
const note = (gaps: Map<string, MapGap>, event: LookedAt, gapsOfEvent: readonly MapGap[]): void => {
  const met = new Set<MapGap>()
  for (const found of gapsOfEvent) {
    const key = JSON.stringify([found.url, found.debugId, found.release, found.reason])
    const gap = gaps.get(key) ?? found
    gaps.set(key, gap)
    gap.frames += 1
    if (!met.has(gap)) gap.events += 1
    met.add(gap)
  }
}

const ownFrames = ({ digest }: LookedAt): ResolvedFrame[] => digest.stacks.flat().filter(({ inApp }) => inApp)

export const sqlMapGaps = (db: MainDatabase): MapGaps => ({
  of: async (projectId, release) => {
    const ids =
      release === undefined
        ? await newestOf(db, projectId)
        : await newestEvents(db, { projectId, version: release, after: null })
    const [events, scripts] = [await readEvents(db, ids), await readScripts(db, ids)]
    const gaps = new Map<string, MapGap>()
    for (const event of events) {
      const found = ownFrames(event).map((frame) => gapOf(frame, event, scripts.get(scriptKey(event.id, urlOf(frame)))))
      note(
        gaps,
        event,
        found.filter((gap) => gap !== undefined),
      )
    }
    const frames = events.flatMap(ownFrames)
    return {
      events: events.length,
      frames: frames.length,
      resolved: frames.filter(({ resolution }) => resolution.status === 'resolved').length,
      gaps: [...gaps.values()].toSorted((a, b) => b.frames - a.frames).slice(0, GAPS_AT_MOST),
    }
  },
})
