// What happened in a project within a period, gathered from what is counted anyway.
import type { Dimension } from '../event-facets.ts'
import type { FoundIssue, IssueSearch, IssueSort, Period, Tally } from '../ports/issue-search.ts'
import type { StatisticsStore } from '../ports/statistics.ts'
import { responseTimes, type ResponseTimes } from './response-times.ts'

export interface Report {
  period: Period
  events: number
  /** Within the period of the same length before. */
  eventsBefore: number
  issues: { appeared: number; regressed: number; resolved: number }
  acknowledge: ResponseTimes
  resolve: ResponseTimes
  crashFreeSessions: number | null
  by: Record<'level' | 'category' | 'browser', ReadonlyMap<string, number>>
  days: Tally[]
  topIssues: FoundIssue[]
}

export interface ReportDeps {
  statistics: StatisticsStore
  issueSearch: Pick<IssueSearch, 'list'>
}

const DAY_MS = 24 * 3_600_000
const TOP = 20
const LOOKED_AT = 100

const totals = (groups: ReadonlyMap<string, readonly Tally[]>): Map<string, number> =>
  new Map(
    [...groups]
      .map(([value, tallies]): [string, number] => [value, tallies.reduce((sum, { count }) => sum + count, 0)])
      .toSorted((a, b) => b[1] - a[1]),
  )

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((total, count) => total + count, 0)

const byDay = (groups: ReadonlyMap<string, readonly Tally[]>): Tally[] => {
  const days = new Map<number, number>()
  for (const { at, count } of [...groups.values()].flat()) days.set(at, (days.get(at) ?? 0) + count)
  return [...days].map(([at, count]) => ({ at, count })).toSorted((a, b) => a.at - b.at)
}

/** Counts of a period are not sorted anywhere: what had most is looked for among the most frequent and the last seen. */
const topIssues = async (
  issueSearch: ReportDeps['issueSearch'],
  projectId: number,
  period: Period,
): Promise<FoundIssue[]> => {
  const found = new Map<number, FoundIssue>()
  for (const sort of ['freq', 'date'] satisfies IssueSort[]) {
    const page = await issueSearch.list({ projectIds: [projectId], filters: [], period, sort, limit: LOOKED_AT })
    for (const issue of page?.issues ?? []) found.set(issue.id, issue)
  }
  return [...found.values()]
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, TOP)
}

const crashFree = async (statistics: StatisticsStore, projectId: number, period: Period): Promise<number | null> => {
  const hours = await statistics.sessions(projectId, period)
  const all = hours.reduce((total, hour) => total + hour.all, 0)
  const bad = hours.reduce((total, hour) => total + hour.bad, 0)
  return all === 0 ? null : (all - bad) / all
}

/** The report of a project. Its work grows with the hours of the period, not with the events in them. */
export const report = async (
  { statistics, issueSearch }: ReportDeps,
  projectId: number,
  period: Period,
): Promise<Report> => {
  const read = (dimension: Dimension, within = period) =>
    statistics.events(projectId, dimension, { period: within, stepMs: DAY_MS })
  const levels = await read('level')
  const before = { from: period.from - (period.to - period.from), to: period.from }
  return {
    period,
    events: sum(totals(levels)),
    eventsBefore: sum(totals(await read('level', before))),
    issues: await statistics.turnover(projectId, period),
    acknowledge: responseTimes(await statistics.acknowledgements([projectId], period)),
    resolve: responseTimes(await statistics.resolutions([projectId], period)),
    crashFreeSessions: await crashFree(statistics, projectId, period),
    by: { level: totals(levels), category: totals(await read('category')), browser: totals(await read('browser')) },
    days: byDay(levels),
    topIssues: await topIssues(issueSearch, projectId, period),
  }
}
