import type { Transaction } from 'kysely'
import type { SessionCount, SessionUpdate } from '../../ports/figures.ts'
import { hourOf } from './hour-counts.ts'
import { SEVERITY } from './store-figures.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

interface Change {
  projectId: number
  at: number
  sessions: number
  crashed: number
}

const IDS_AT_ONCE = 500

const keyOf = (projectId: number, sessionId: string): string => `${projectId} ${sessionId}`

/** How the sessions that are told of stood before. */
const readSeverities = async (db: Write, sessions: readonly SessionUpdate[]): Promise<Map<string, number>> => {
  const known = new Map<string, number>()
  for (let from = 0; from < sessions.length; from += IDS_AT_ONCE) {
    const slice = sessions.slice(from, from + IDS_AT_ONCE)
    const rows = await db
      .selectFrom('client_session')
      .select(['project_id', 'session_id', 'severity'])
      .where('project_id', 'in', [...new Set(slice.map(({ projectId }) => projectId))])
      .where('session_id', 'in', [...new Set(slice.map(({ sessionId }) => sessionId))])
      .execute()
    for (const row of rows) known.set(keyOf(row.project_id, row.session_id), row.severity)
  }
  return known
}

/** A session counts once, and as crashed once, however often it is told again. */
const changesOf = (sessions: readonly SessionUpdate[], known: Map<string, number>): Change[] =>
  sessions.map(({ projectId, sessionId, startedAt: at, status }) => {
    const key = keyOf(projectId, sessionId)
    const before = known.get(key)
    known.set(key, Math.max(before ?? 0, SEVERITY[status]))
    const crashes = status === 'crashed' && (before ?? 0) < SEVERITY.crashed
    return { projectId, at, sessions: before === undefined ? 1 : 0, crashed: crashes ? 1 : 0 }
  })

const add = async (db: Write, changes: readonly Change[]): Promise<void> => {
  const sums = new Map<string, Tables['session_hour']>()
  for (const { projectId, at, sessions, crashed } of changes) {
    const hour = hourOf(at)
    const row = sums.get(`${projectId} ${hour}`) ?? { project_id: projectId, hour, sessions: 0, crashed: 0 }
    sums.set(`${projectId} ${hour}`, { ...row, sessions: row.sessions + sessions, crashed: row.crashed + crashed })
  }
  for (const row of sums.values())
    await db
      .insertInto('session_hour')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['project_id', 'hour']).doUpdateSet((eb) => ({
          sessions: eb('session_hour.sessions', '+', eb.ref('excluded.sessions')),
          crashed: eb('session_hour.crashed', '+', eb.ref('excluded.crashed')),
        })),
      )
      .execute()
}

/** Counts sessions by the hour in which they began. To be called before they are stored: what they were tells what is new. */
export const countSessionHours = async (
  db: Write,
  { sessions, counts }: { sessions: readonly SessionUpdate[]; counts: readonly SessionCount[] },
): Promise<void> => {
  const told = sessions.length === 0 ? [] : changesOf(sessions, await readSeverities(db, sessions))
  const summed = counts.map(({ projectId, startedAt: at, status, quantity }): Change => ({
    projectId,
    at,
    sessions: quantity,
    crashed: status === 'crashed' ? quantity : 0,
  }))
  await add(db, [...told, ...summed])
}
