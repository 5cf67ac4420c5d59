import { Hono } from 'hono'
import type { IssueSearch } from '../ports/issue-search.ts'
import type { IssueStore } from '../ports/issues.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { findIssue } from './find-issue.ts'
import type { StatsJson } from './shapes.ts'
import type { TagValueJson } from './statistics-shapes.ts'
import { statsOf, type Grain } from './stats-json.ts'

export interface IssueFigureDeps {
  issues: Pick<IssueStore, 'find' | 'tagValues'>
  issueSearch: Pick<IssueSearch, 'tallies'>
  now: () => number
}

const SHOWN = ['24h', '30d'] as const satisfies readonly Grain[]

/** How often an issue happened, and under which values of its tags. */
export const issueFigureRoutes = ({ issues, issueSearch, now }: IssueFigureDeps) =>
  new Hono<ApiEnv>()
    .get('/organizations/:org/issues/:issue/stats/', authorize('event:read'), async (c) => {
      const { id } = await findIssue(c, issues)
      const stats: StatsJson = {}
      for (const grain of SHOWN)
        Object.assign(stats, (await statsOf(grain, now(), (period) => issueSearch.tallies([id], { period }))).get(id))
      return c.json(stats)
    })
    .get('/organizations/:org/issues/:issue/tags/:key/values/', authorize('event:read'), async (c) => {
      const { id } = await findIssue(c, issues)
      const key = c.req.param('key')
      const values = await issues.tagValues(id, key)
      return c.json(values.map(({ value, count }): TagValueJson => ({ key, name: value, value, count })))
    })
