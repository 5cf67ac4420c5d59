import { sql } from 'kysely'
import type { Period, Tally } from '../../ports/issue-search.ts'
import type { Objective, Response, StatisticsStore } from '../../ports/statistics.ts'
import type { MainDatabase } from './main-database.ts'
import { hourOf } from './hour-counts.ts'

const RESPONSES = 5000

const events =
  (db: MainDatabase): StatisticsStore['events'] =>
  async (projectId, dimension, { period: { from, to }, stepMs }) => {
    const step = sql<number>`hour - hour % ${stepMs}`
    const rows = await db
      .selectFrom('project_hour')
      .select(({ fn }) => [step.as('at'), 'value', fn.sum<number>('quantity').as('count')])
      .where('project_id', '=', projectId)
      .where('dimension', '=', dimension)
      .where('hour', '>=', hourOf(from))
      .where('hour', '<', to)
      .groupBy(['at', 'value'])
      .orderBy('at')
      .execute()
    const byValue = new Map<string, Tally[]>()
    for (const { at, value, count } of rows) {
      const tallies = byValue.get(value) ?? []
      byValue.set(value, tallies)
      tallies.push({ at: Number(at), count: Number(count) })
    }
    return byValue
  }

const outcomes =
  (db: MainDatabase): StatisticsStore['outcomes'] =>
  async (projectId, { from, to }) => {
    const rows = await db
      .selectFrom('outcome')
      .select(({ fn }) => ['hour', 'outcome', fn.sum<number>('quantity').as('count')])
      .where('project_id', '=', projectId)
      .where('hour', '>=', hourOf(from))
      .where('hour', '<', to)
      .where('category', 'in', ['error', 'default'])
      .groupBy(['hour', 'outcome'])
      .orderBy('hour')
      .execute()
    return rows.map(({ hour, outcome, count }) => ({ at: Number(hour), outcome, count: Number(count) }))
  }

const sessions =
  (db: MainDatabase): StatisticsStore['sessions'] =>
  async (projectId, { from, to }) => {
    const rows = await db
      .selectFrom('session_hour')
      .select(['hour', 'sessions', 'crashed'])
      .where('project_id', '=', projectId)
      .where('hour', '>=', hourOf(from))
      .where('hour', '<', to)
      .orderBy('hour')
      .execute()
    return rows.map(({ hour, sessions: all, crashed: bad }) => ({ at: Number(hour), all, bad }))
  }

const newestFirst = (responses: readonly Response[]): Response[] =>
  responses.toSorted((a, b) => b.at - a.at).slice(0, RESPONSES)

const acknowledgements =
  (db: MainDatabase): StatisticsStore['acknowledgements'] =>
  async (projectIds, { from, to }) => {
    const all: Response[] = []
    for (const projectId of projectIds) {
      const rows = await db
        .selectFrom('issue')
        .select(['id', 'first_seen', 'acknowledged_at'])
        .where('project_id', '=', projectId)
        .where('acknowledged_at', 'is not', null)
        .where('acknowledged_at', '>=', from)
        .where('acknowledged_at', '<', to)
        .orderBy('acknowledged_at', 'desc')
        .limit(RESPONSES)
        .execute()
      for (const { id, first_seen: since, acknowledged_at: at } of rows)
        all.push({ issueId: id, at: Number(at), afterMs: Math.max(0, Number(at) - since) })
    }
    return newestFirst(all)
  }

const RESOLVED = ['set_resolved', 'set_resolved_in_release', 'set_resolved_in_commit'] as const

/** When the issue had come back last; undefined: it had been there since it appeared. */
const cameBack = sql<number | null>`(
  select earlier.at from issue_activity as earlier where earlier.issue_id = issue_activity.issue_id
    and earlier.id < issue_activity.id and earlier.type in ('set_regression', 'set_unresolved')
  order by earlier.id desc limit 1)`

const resolutions =
  (db: MainDatabase): StatisticsStore['resolutions'] =>
  async (projectIds, { from, to }) => {
    const all: Response[] = []
    for (const projectId of projectIds) {
      const rows = await db
        .selectFrom('issue_activity')
        .innerJoin('issue', 'issue.id', 'issue_activity.issue_id')
        .select(['issue_activity.issue_id', 'issue_activity.at', 'issue.first_seen', cameBack.as('since')])
        .where('issue_activity.project_id', '=', projectId)
        .where('issue_activity.at', '>=', from)
        .where('issue_activity.at', '<', to)
        .where('issue_activity.type', 'in', RESOLVED)
        .orderBy('issue_activity.at', 'desc')
        .limit(RESPONSES)
        .execute()
      for (const { issue_id: issueId, at, first_seen, since } of rows)
        all.push({ issueId, at: Number(at), afterMs: Math.max(0, Number(at) - Number(since ?? first_seen)) })
    }
    return newestFirst(all)
  }

const countIssues = async (db: MainDatabase, projectId: number, { from, to }: Period): Promise<number> => {
  let appeared = 0
  // An index leads to each status; without one, all issues would be looked at.
  for (const status of ['unresolved', 'resolved', 'ignored']) {
    const { count } = await db
      .selectFrom('issue')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('project_id', '=', projectId)
      .where('status', '=', status)
      .where('first_seen', '>=', from)
      .where('first_seen', '<', to)
      .executeTakeFirstOrThrow()
    appeared += Number(count)
  }
  return appeared
}

const turnover =
  (db: MainDatabase): StatisticsStore['turnover'] =>
  async (projectId, period) => {
    const rows = await db
      .selectFrom('issue_activity')
      .select(({ fn }) => ['type', fn.countAll<number>().as('count')])
      .where('project_id', '=', projectId)
      .where('at', '>=', period.from)
      .where('at', '<', period.to)
      .where('type', 'in', [...RESOLVED, 'set_regression'])
      .groupBy('type')
      .execute()
    const regressed = Number(rows.find(({ type }) => type === 'set_regression')?.count ?? 0)
    const all = rows.reduce((sum, { count }) => sum + Number(count), 0)
    return { appeared: await countIssues(db, projectId, period), regressed, resolved: all - regressed }
  }

const readObjective =
  (db: MainDatabase): StatisticsStore['objective'] =>
  async (projectId) => {
    const row = await db.selectFrom('objective').selectAll().where('project_id', '=', projectId).executeTakeFirst()
    return row && { kind: row.kind as Objective['kind'], target: row.target, windowDays: row.window_days }
  }

const writeObjective =
  (db: MainDatabase): StatisticsStore['setObjective'] =>
  async (projectId, objective) => {
    if (!objective) return void (await db.deleteFrom('objective').where('project_id', '=', projectId).execute())
    const columns = { kind: objective.kind, target: objective.target, window_days: objective.windowDays }
    await db
      .insertInto('objective')
      .values({ project_id: projectId, ...columns })
      .onConflict((conflict) => conflict.column('project_id').doUpdateSet(columns))
      .execute()
  }

export const sqlStatistics = (db: MainDatabase): StatisticsStore => ({
  events: events(db),
  outcomes: outcomes(db),
  sessions: sessions(db),
  acknowledgements: acknowledgements(db),
  resolutions: resolutions(db),
  turnover: turnover(db),
  objective: readObjective(db),
  setObjective: writeObjective(db),
})
