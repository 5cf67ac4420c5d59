import type { Transaction } from 'kysely'
import { isLate } from '../../alerts/firing.ts'
import type { SessionUpdate } from '../../ports/figures.ts'
import { SEVERITY } from '../../statistics/severity.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

/** How bad a session turned out to be, beside what was known of it. */
export interface SessionChange extends Pick<SessionUpdate, 'projectId' | 'receivedAt'> {
  /** As the session was told of first. */
  startedAt: number
  release: string
  environment: string
  /** Undefined for a session that nobody knew. */
  before: number | undefined
  after: number
  /** As what alerts counted it until now, and since when; null for one that they do not know. */
  counted: { severity: number; at: number } | null
}

interface Known extends Pick<SessionChange, 'startedAt' | 'release' | 'environment' | 'counted'> {
  severity: number
}

const IDS_AT_ONCE = 500

const keyOf = (projectId: number, sessionId: string): string => `${projectId} ${sessionId}`

/** How the sessions that are told of stood before. */
const readKnown = async (db: Write, sessions: readonly SessionUpdate[]): Promise<Map<string, Known>> => {
  const known = new Map<string, Known>()
  for (let from = 0; from < sessions.length; from += IDS_AT_ONCE) {
    const slice = sessions.slice(from, from + IDS_AT_ONCE)
    const rows = await db
      .selectFrom('client_session')
      .select(['project_id', 'session_id', 'started_at', 'severity', 'release', 'environment'])
      .select(['counted_severity', 'counted_at'])
      .where('project_id', 'in', [...new Set(slice.map(({ projectId }) => projectId))])
      .where('session_id', 'in', [...new Set(slice.map(({ sessionId }) => sessionId))])
      .execute()
    for (const { counted_severity: severity, counted_at: at, ...row } of rows) {
      const counted = severity === null || at === null ? null : { severity, at: Number(at) }
      const startedAt = Number(row.started_at)
      known.set(keyOf(row.project_id, row.session_id), { ...row, startedAt, counted })
    }
  }
  return known
}

/** As what alerts count a session from now on: what comes late changes nothing of that. */
export const countedBy = (
  { startedAt, receivedAt, after, counted }: SessionChange,
  now: number,
): SessionChange['counted'] =>
  isLate(startedAt, receivedAt) ? counted : { severity: after, at: counted === null ? now : counted.at }

/**
 * What updates change: a session counts once, under the worst that was told of it, however often it is told again. To be
 * called before they are stored: what they were tells what is new.
 */
export const readSessionChanges = async (
  db: Write,
  sessions: readonly SessionUpdate[],
  now: number,
): Promise<SessionChange[]> => {
  const known = sessions.length === 0 ? new Map<string, Known>() : await readKnown(db, sessions)
  return sessions.map(({ projectId, sessionId, receivedAt, status, ...told }) => {
    const key = keyOf(projectId, sessionId)
    const before = known.get(key)
    const after = Math.max(before?.severity ?? 0, SEVERITY[status])
    const { startedAt, release, environment, counted } = before ?? { ...told, counted: null }
    const first = { startedAt, release, environment }
    const change = { ...first, projectId, receivedAt, before: before?.severity, after, counted }
    known.set(key, { ...first, severity: after, counted: countedBy(change, now) })
    return change
  })
}
