import type { IssueQuery, Tally } from '../../ports/issue-search.ts'
import type { Issue } from '../../ports/issues.ts'
import type { MainDatabase } from './main-database.ts'
import { hourOf } from './hour-counts.ts'

type Narrowing = Pick<IssueQuery, 'environments' | 'period'>

const hours = (db: MainDatabase, issueIds: readonly number[], { environments, period }: Narrowing) => {
  let rows = db.selectFrom('issue_hour').where('issue_id', 'in', issueIds)
  if (environments) rows = rows.where('environment', 'in', environments)
  if (period) rows = rows.where('hour', '>=', hourOf(period.from)).where('hour', '<', period.to)
  return rows
}

/** How many events each issue had within, from its counts by hour: no event is read. */
export const countWithin = async (
  db: MainDatabase,
  issues: readonly Issue[],
  narrowing: Narrowing,
): Promise<Map<number, number>> => {
  if (!narrowing.environments && !narrowing.period) return new Map(issues.map(({ id, eventCount }) => [id, eventCount]))
  if (issues.length === 0) return new Map()
  const rows = await hours(
    db,
    issues.map(({ id }) => id),
    narrowing,
  )
    .select(({ fn }) => ['issue_id', fn.sum<number>('quantity').as('count')])
    .groupBy('issue_id')
    .execute()
  return new Map(rows.map(({ issue_id, count }) => [issue_id, Number(count)]))
}

/** Events of each issue by hour, those without any left out. */
export const tallies = async (
  db: MainDatabase,
  issueIds: readonly number[],
  narrowing: Narrowing,
): Promise<Map<number, Tally[]>> => {
  const byIssue = new Map<number, Tally[]>(issueIds.map((id) => [id, []]))
  if (issueIds.length === 0) return byIssue
  const rows = await hours(db, issueIds, narrowing)
    .select(({ fn }) => ['issue_id', 'hour', fn.sum<number>('quantity').as('count')])
    .groupBy(['issue_id', 'hour'])
    .orderBy('issue_id')
    .orderBy('hour')
    .execute()
  for (const { issue_id, hour, count } of rows) byIssue.get(issue_id)?.push({ at: Number(hour), count: Number(count) })
  return byIssue
}
