import { vValidator } from '@hono/valibot-validator'
import { Hono } from 'hono'
import * as v from 'valibot'
import type { Issue, IssueQuery, IssueStore } from '../ports/issues.ts'
import type { ProjectStore } from '../ports/projects.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { findIssue } from './find-issue.ts'
import { invalidInput } from './invalid-input.ts'
import { issueJson } from './issue-json.ts'
import { nextLink } from './page-links.ts'
import { parseSearch } from './search-query.ts'

export interface IssueDeps {
  issues: IssueStore
  projects: ProjectStore
  publicUrl: () => string
}

const PAGE = 25

const ListQuery = v.object({
  query: v.optional(v.string(), 'is:unresolved'),
  project: v.optional(v.pipe(v.string(), v.regex(/^-?\d+$/, 'must be a project ID'))),
  sort: v.optional(v.picklist(['date', 'new', 'freq'], 'must be date, new or freq'), 'date'),
  limit: v.optional(v.pipe(v.string(), v.transform(Number), v.integer(), v.minValue(1), v.maxValue(100))),
  cursor: v.optional(v.string()),
})

const Change = v.object({
  status: v.picklist(['unresolved', 'resolved', 'ignored'], 'must be unresolved, resolved or ignored'),
})

const validQuery = vValidator('query', ListQuery, invalidInput)
const validChange = vValidator('json', Change, invalidInput)

const toIssueQuery = (query: v.InferOutput<typeof ListQuery>, projectIds: number[]): IssueQuery => ({
  ...parseSearch(query.query),
  projectIds,
  sort: query.sort,
  limit: query.limit ?? PAGE,
  ...(query.cursor ? { cursor: query.cursor } : {}),
})

const chooseProjects = async (
  projects: ProjectStore,
  organizationId: number,
  wanted: string | undefined,
): Promise<number[]> => {
  const all = (await projects.projects(organizationId)).map((project) => project.id)
  // -1 is Sentry's word for all projects.
  return wanted === undefined || wanted === '-1' ? all : all.filter((id) => String(id) === wanted)
}

export const issueRoutes = (deps: IssueDeps) => {
  const { issues, projects, publicUrl } = deps
  const json = (issue: Issue, organization: string) => issueJson(issue, { origin: publicUrl(), organization })

  return new Hono<ApiEnv>()
    .get('/organizations/:org/issues/', authorize('event:read'), validQuery, async (c) => {
      const query = c.req.valid('query')
      const { id, slug } = c.var.organization
      const page = await issues.list(toIssueQuery(query, await chooseProjects(projects, id, query.project)))
      c.header('Link', nextLink(c.req.url, page.next))
      return c.json(page.issues.map((issue) => json(issue, slug)))
    })
    .get('/projects/:org/:project/issues/', authorize('event:read'), validQuery, async (c) => {
      const page = await issues.list(toIssueQuery(c.req.valid('query'), [c.var.project.id]))
      c.header('Link', nextLink(c.req.url, page.next))
      return c.json(page.issues.map((issue) => json(issue, c.var.organization.slug)))
    })
    .get('/organizations/:org/issues/:issue/', authorize('event:read'), async (c) => {
      const { id, slug } = c.var.organization
      return c.json(json(await findIssue(c.req.param('issue'), id, deps), slug))
    })
    .put('/organizations/:org/issues/:issue/', authorize('event:write'), validChange, async (c) => {
      const { id, slug } = c.var.organization
      const issue = await findIssue(c.req.param('issue'), id, deps)
      const { status } = c.req.valid('json')
      await issues.setStatus(issue.id, status)
      return c.json(json({ ...issue, status }, slug))
    })
    .get('/organizations/:org/issues/:issue/tags/', authorize('event:read'), async (c) => {
      const issue = await findIssue(c.req.param('issue'), c.var.organization.id, deps)
      const tags = await issues.tags(issue.id)
      return c.json(tags.map(({ key, total, values }) => ({ key, totalValues: total, topValues: values })))
    })
}
