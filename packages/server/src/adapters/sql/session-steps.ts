import { sql } from 'kysely'
import type { FigureStore, SessionStep } from '../../ports/figures.ts'
import { SEVERITY } from '../../statistics/severity.ts'
import type { MainDatabase } from './main-database.ts'
import { hourOf } from './hour-counts.ts'

const CRASHED = SEVERITY.crashed

const add = (steps: Map<string, SessionStep>, { at, release, sessions, crashed }: SessionStep): void => {
  const key = `${at} ${release}`
  const known = steps.get(key)
  steps.set(key, {
    at: Number(at),
    release,
    sessions: (known?.sessions ?? 0) + Number(sessions),
    crashed: (known?.crashed ?? 0) + Number(crashed),
  })
}

/** Sessions that clients told of one by one, and those that servers counted, in steps and by release. */
export const sessionSteps =
  (db: MainDatabase): FigureStore['sessionSteps'] =>
  async (projectId, { period: { from, to }, stepMs }, release) => {
    const told = await db
      .selectFrom('client_session')
      .select([
        sql<number>`started_at - started_at % ${stepMs}`.as('at'),
        'release',
        sql<number>`count(*)`.as('sessions'),
        sql<number>`sum(case when severity = ${CRASHED} then 1 else 0 end)`.as('crashed'),
      ])
      .where('project_id', '=', projectId)
      .where('started_at', '>=', hourOf(from))
      .where('started_at', '<', to)
      .$if(release !== undefined, (query) => query.where('release', '=', release!))
      .groupBy(['at', 'release'])
      .execute()
    const counted = await db
      .selectFrom('session_count')
      .select([
        sql<number>`hour - hour % ${stepMs}`.as('at'),
        'release',
        sql<number>`sum(quantity)`.as('sessions'),
        sql<number>`sum(case when severity = ${CRASHED} then quantity else 0 end)`.as('crashed'),
      ])
      .where('project_id', '=', projectId)
      .where('hour', '>=', hourOf(from))
      .where('hour', '<', to)
      .$if(release !== undefined, (query) => query.where('release', '=', release!))
      .groupBy(['at', 'release'])
      .execute()
    const steps = new Map<string, SessionStep>()
    for (const row of [...told, ...counted]) add(steps, row)
    return [...steps.values()].toSorted((a, b) => a.at - b.at)
  }
