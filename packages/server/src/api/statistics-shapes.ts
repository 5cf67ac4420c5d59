// The bodies of statistics. Dates are ISO 8601, times in seconds, shares from 0 to 1.

/** Events in steps, in the shape of Sentry's `stats_v2`. */
export interface StatisticsJson {
  start: string
  end: string
  /** Where each step begins. */
  intervals: string[]
  groups: {
    by: Record<string, string>
    totals: { 'sum(quantity)': number }
    series: { 'sum(quantity)': number[] }
  }[]
}

export interface ResponseTimesJson {
  count: number
  mean: number | null
  p50: number | null
  p95: number | null
}

/** How long people took to do something about issues (its mean is the MTTA) and to resolve them (MTTR). */
export interface ResponsesJson {
  start: string
  end: string
  acknowledge: ResponseTimesJson
  resolve: ResponseTimesJson
}

export interface ObjectiveJson {
  kind: 'crash-free-sessions' | 'errors'
  target: number
  windowDays: number
}

/** `objective` and `budget` are null until a project has chosen an objective. */
export interface ErrorBudgetJson {
  objective: ObjectiveJson | null
  budget: {
    allowed: number
    spent: number
    remaining: number | null
    burnRates: { hours: number; rate: number | null }[]
    dateExhausted: string | null
    /** What failed on each day (UTC) of the window: of all sessions those that crashed; for errors both are their number. */
    days: { day: string; all: number; bad: number }[]
  } | null
}

export interface ReportedIssueJson {
  id: string
  shortId: string
  title: string
  culprit: string
  level: string
  status: string
  count: number
  userCount: number
  firstSeen: string
  lastSeen: string
  permalink: string
}

/** What happened in a project within a period. */
export interface ReportJson {
  project: { slug: string; name: string }
  start: string
  end: string
  events: number
  /** Within the period of the same length before. */
  eventsBefore: number
  issues: { appeared: number; regressed: number; resolved: number }
  acknowledge: ResponseTimesJson
  resolve: ResponseTimesJson
  crashFreeSessions: number | null
  byLevel: Record<string, number>
  byCategory: Record<string, number>
  byBrowser: Record<string, number>
  /** Events by day. */
  days: { day: string; count: number }[]
  topIssues: ReportedIssueJson[]
}

/** How often an issue had a value of a tag. */
export interface TagValueJson {
  key: string
  name: string
  value: string
  count: number
}
