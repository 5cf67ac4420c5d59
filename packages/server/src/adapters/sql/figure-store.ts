import { sql } from 'kysely'
import type { FigureStore, ReleaseHealth } from '../../ports/figures.ts'
import { SEVERITY } from '../../statistics/severity.ts'
import type { MainDatabase } from './main-database.ts'
import { blamed, distributions, measuredSeries } from './measured.ts'
import { sessionSteps } from './session-steps.ts'

const HOUR_MS = 3_600_000

const CRASHED = SEVERITY.crashed

interface Sums {
  release: string
  sessions: number
  crashed: number
  errored: number
}

const ofClients = (db: MainDatabase, projectId: number, since: number) =>
  db
    .selectFrom('client_session')
    .select([
      'release',
      sql<number>`count(*)`.as('sessions'),
      sql<number>`sum(case when severity = ${CRASHED} then 1 else 0 end)`.as('crashed'),
      sql<number>`sum(case when severity = ${SEVERITY.errored} then 1 else 0 end)`.as('errored'),
      sql<number>`count(distinct user_key)`.as('users'),
      sql<number>`count(distinct case when severity = ${CRASHED} then user_key end)`.as('crashedUsers'),
      sql<number>`max(started_at)`.as('newest'),
    ])
    .where('project_id', '=', projectId)
    .where('started_at', '>=', since)
    .groupBy('release')
    .execute()

const ofServers = (db: MainDatabase, projectId: number, since: number) =>
  db
    .selectFrom('session_count')
    .select([
      'release',
      sql<number>`sum(quantity)`.as('sessions'),
      sql<number>`sum(case when severity = ${CRASHED} then quantity else 0 end)`.as('crashed'),
      sql<number>`sum(case when severity = ${SEVERITY.errored} then quantity else 0 end)`.as('errored'),
      sql<number>`max(hour)`.as('newest'),
    ])
    .where('project_id', '=', projectId)
    .where('hour', '>=', Math.floor(since / HOUR_MS) * HOUR_MS)
    .groupBy('release')
    .execute()

const add = (
  health: ReleaseHealth | undefined,
  more: Sums & { users?: number; crashedUsers?: number },
): ReleaseHealth => ({
  release: more.release,
  sessions: (health?.sessions ?? 0) + Number(more.sessions),
  crashed: (health?.crashed ?? 0) + Number(more.crashed),
  errored: (health?.errored ?? 0) + Number(more.errored),
  users: (health?.users ?? 0) + Number(more.users ?? 0),
  crashedUsers: (health?.crashedUsers ?? 0) + Number(more.crashedUsers ?? 0),
})

const releaseHealth =
  (db: MainDatabase): FigureStore['releaseHealth'] =>
  async (projectId, since) => {
    const rows = [...(await ofClients(db, projectId, since)), ...(await ofServers(db, projectId, since))]
    const releases = new Map<string, ReleaseHealth>()
    for (const row of rows.toSorted((a, b) => Number(b.newest) - Number(a.newest)))
      releases.set(row.release, add(releases.get(row.release), row))
    return [...releases.values()]
  }

export const sqlFigureStore = (db: MainDatabase): FigureStore => ({
  distributions: distributions(db),
  series: measuredSeries(db),
  blamed: blamed(db),
  releaseHealth: releaseHealth(db),
  sessionSteps: sessionSteps(db),
})
