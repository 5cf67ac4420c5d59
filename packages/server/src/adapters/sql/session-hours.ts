import type { Transaction } from 'kysely'
import type { SessionCount } from '../../ports/figures.ts'
import { SEVERITY } from '../../statistics/severity.ts'
import { hourOf } from './hour-counts.ts'
import type { SessionChange } from './session-changes.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

interface Change {
  projectId: number
  at: number
  sessions: number
  crashed: number
}

const changeOf = ({ projectId, startedAt: at, before, after }: SessionChange): Change => ({
  projectId,
  at,
  sessions: before === undefined ? 1 : 0,
  crashed: after === SEVERITY.crashed && before !== SEVERITY.crashed ? 1 : 0,
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

/** Counts sessions by the hour in which they began. */
export const countSessionHours = async (
  db: Write,
  { changes, counts }: { changes: readonly SessionChange[]; counts: readonly SessionCount[] },
): Promise<void> => {
  const summed = counts.map(({ projectId, startedAt: at, status, quantity }): Change => ({
    projectId,
    at,
    sessions: quantity,
    crashed: status === 'crashed' ? quantity : 0,
  }))
  await add(db, [...changes.map(changeOf), ...summed])
}
