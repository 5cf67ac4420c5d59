import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import { report, type Report, type ReportDeps } from '../statistics/report.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { invalidField } from './invalid-input.ts'
import { iso, issueJson } from './issue-json.ts'
import { PeriodFields, periodOf } from './period.ts'
import { reportCsv } from './report-csv.ts'
import { reportPage } from './report-page.ts'
import type { ReportJson } from './statistics-shapes.ts'
import { valid } from './valid.ts'

export interface ReportRouteDeps extends ReportDeps {
  publicUrl: () => string
  now: () => number
}

const FORMATS = ['json', 'csv', 'html'] as const

const ReportQuery = v.object({
  format: v.optional(v.picklist(FORMATS, `must be one of ${FORMATS.join(', ')}`), 'json'),
  ...PeriodFields,
})

const DAYS_AT_MOST = 92
const DAY_MS = 24 * 3_600_000

const reportJson = (made: Report, c: Context<ApiEnv>, origin: string): ReportJson => {
  const { slug, name } = c.var.project
  const { period, by, days, topIssues, ...rest } = made
  const place = { origin, organization: c.var.organization.slug }
  return {
    ...rest,
    project: { slug, name },
    start: iso(period.from),
    end: iso(period.to),
    byLevel: Object.fromEntries(by.level),
    byCategory: Object.fromEntries(by.category),
    byBrowser: Object.fromEntries(by.browser),
    days: days.map(({ at, count }) => ({ day: iso(at).slice(0, 10), count })),
    topIssues: topIssues.map((issue) => {
      const { id, shortId, title, culprit, level, status, userCount, firstSeen, lastSeen, permalink } = issueJson(
        issue,
        place,
      )
      return {
        id,
        shortId,
        title,
        culprit,
        level,
        status,
        count: issue.count,
        userCount,
        firstSeen,
        lastSeen,
        permalink,
      }
    }),
  }
}

const fileName = ({ project, start, end }: ReportJson, extension: string): string =>
  `${project.slug}-${start.slice(0, 10)}-${end.slice(0, 10)}.${extension}`

/** The report of a period: for programs, for spreadsheets, or to be printed. */
export const reportRoutes = (deps: ReportRouteDeps) =>
  new Hono<ApiEnv>().get(
    '/projects/:org/:project/report/',
    authorize('event:read'),
    valid('query', ReportQuery),
    async (c) => {
      const { format, ...named } = c.req.valid('query')
      const period = periodOf(named, deps.now()) ?? periodOf({ statsPeriod: '7d' }, deps.now())!
      if (period.to - period.from > DAYS_AT_MOST * DAY_MS)
        throw invalidField('start', `A report may cover ${DAYS_AT_MOST} days at most.`)
      const json = reportJson(await report(deps, c.var.project.id, period), c, deps.publicUrl())
      if (format === 'json') return c.json(json)
      if (format === 'csv') {
        c.header('Content-Disposition', `attachment; filename="${fileName(json, 'csv')}"`)
        return c.body(reportCsv(json), 200, { 'Content-Type': 'text/csv; charset=utf-8' })
      }
      c.header(
        'Content-Security-Policy',
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      )
      return c.html(reportPage(json))
    },
  )
