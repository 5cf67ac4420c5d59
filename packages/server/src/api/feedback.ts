import { EventId, formatEnvelope, LIMITS } from '@foghorn/protocol'
import { Hono } from 'hono'
import * as v from 'valibot'
import type { Feedback, FeedbackQuery, FeedbackStore } from '../ports/feedback.ts'
import type { Inbox } from '../ports/inbox.ts'
import type { IssueStore } from '../ports/issues.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { feedbackJson } from './feedback-json.ts'
import { findIssue, missing } from './find-issue.ts'
import { issueJson } from './issue-json.ts'
import { nextLink } from './page-links.ts'
import type { FeedbackJson } from './feedback-shapes.ts'
import type { Projects } from './reach.ts'
import { valid } from './valid.ts'

export interface FeedbackDeps {
  feedback: FeedbackStore
  issues: IssueStore
  inbox: Pick<Inbox, 'add'>
  publicUrl: () => string
  now: () => number
}

const PAGE = 25

const Status = v.picklist(['unresolved', 'resolved', 'ignored'], 'must be unresolved, resolved or ignored')

const ListQuery = v.object({
  status: v.optional(v.union([Status, v.literal('')], 'must be unresolved, resolved, ignored or empty')),
  cursor: v.optional(v.string()),
})

const text = (chars: number) => v.pipe(v.string(), v.trim(), v.maxLength(chars, `must be at most ${chars} characters`))

/** What is told about one event, as older clients and the page's dialog send it. */
export const UserReport = v.object({
  event_id: EventId,
  name: v.optional(text(LIMITS.nameChars), ''),
  email: v.optional(v.union([v.literal(''), v.pipe(text(LIMITS.nameChars), v.email('must be an e-mail address'))]), ''),
  comments: v.pipe(text(LIMITS.dataChars), v.nonEmpty('must not be empty')),
})
export type UserReport = v.InferOutput<typeof UserReport>

const encoder = new TextEncoder()

/** Takes a report in by the same door as those that SDKs send: on disk first. */
export const takeUserReport = (
  inbox: Pick<Inbox, 'add'>,
  arrival: { projectId: number; receivedAt: number },
  report: UserReport,
): Promise<void> => {
  const item = { headers: { type: 'user_report' }, payload: encoder.encode(JSON.stringify(report)) }
  const body = formatEnvelope({ headers: { event_id: report.event_id }, items: [item] })
  return inbox.add({ ...arrival, remoteAddress: '', userAgent: '', body })
}

const validQuery = valid('query', ListQuery)
const validStatus = valid('json', v.object({ status: Status }))
const validReport = valid('json', UserReport)

export const feedbackRoutes = (deps: FeedbackDeps) => {
  const { feedback, issues, publicUrl } = deps

  const json = async (one: Feedback, organization: string): Promise<FeedbackJson> => {
    const issue = one.issueId === null ? undefined : await issues.find(one.issueId)
    return feedbackJson(one, issue ? issueJson(issue, { origin: publicUrl(), organization }) : null)
  }
  const list = async (
    url: string,
    organization: string,
    { status, cursor, ...where }: Pick<FeedbackQuery, 'projectIds' | 'issueId'> & v.InferOutput<typeof ListQuery>,
  ) => {
    const page = await feedback.list({ ...where, limit: PAGE, ...(status && { status }), ...(cursor && { cursor }) })
    const items = await Promise.all(page.feedback.map((one) => json(one, organization)))
    return [items, 200, { Link: nextLink(url, page.next) }] as const
  }
  const find = async (id: string | undefined, projects: Projects): Promise<Feedback> => {
    const found = id !== undefined && /^\d{1,15}$/.test(id) ? await feedback.find(Number(id)) : undefined
    return found && (await projects.projectById(found.projectId)) ? found : missing('The feedback')
  }

  const routes = new Hono<ApiEnv>()
  // Older clients know it as user reports.
  for (const name of ['user-feedback', 'user-reports']) {
    routes
      .get(`/organizations/:org/${name}/`, authorize('event:read'), validQuery, async (c) => {
        const { id, slug } = c.var.organization
        const projectIds = (await c.var.projects.projects(id)).map((project) => project.id)
        return c.json(...(await list(c.req.url, slug, { ...c.req.valid('query'), projectIds })))
      })
      .get(`/organizations/:org/issues/:issue/${name}/`, authorize('event:read'), validQuery, async (c) => {
        const { slug } = c.var.organization
        const issue = await findIssue(c, issues)
        const where = { projectIds: [issue.projectId], issueId: issue.id }
        return c.json(...(await list(c.req.url, slug, { ...c.req.valid('query'), ...where })))
      })
      .get(`/projects/:org/:project/${name}/`, authorize('event:read'), validQuery, async (c) => {
        const where = { ...c.req.valid('query'), projectIds: [c.var.project.id] }
        return c.json(...(await list(c.req.url, c.var.organization.slug, where)))
      })
      .post(`/projects/:org/:project/${name}/`, authorize('event:write'), validReport, async (c) => {
        const report = c.req.valid('json')
        await takeUserReport(deps.inbox, { projectId: c.var.project.id, receivedAt: deps.now() }, report)
        return c.json({ eventID: report.event_id, name: report.name, email: report.email, comments: report.comments })
      })
  }
  return routes.put(
    '/organizations/:org/user-feedback/:feedback/',
    authorize('event:write'),
    validStatus,
    async (c) => {
      const { slug } = c.var.organization
      const found = await find(c.req.param('feedback'), c.var.projects)
      const { status } = c.req.valid('json')
      await feedback.setStatus(found.id, status)
      return c.json(await json({ ...found, status }, slug))
    },
  )
}
