import { Hono } from 'hono'
import type { EventStore } from '../ports/events.ts'
import type { Issue } from '../ports/issues.ts'
import type { StoredEvent } from '../stored-event.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { eventJson, eventSummary } from './event-json.ts'
import { findIssue, missing, type FindIssueDeps } from './find-issue.ts'
import { nextLink } from './page-links.ts'

export interface EventDeps extends FindIssueDeps {
  events: EventStore
}

const PAGE = 25

const pick = async (events: EventStore, issue: Issue, eventId: string): Promise<StoredEvent> => {
  if (eventId === 'latest') return (await events.newest(issue.id)) ?? missing('The event')
  if (eventId === 'oldest') return (await events.oldest(issue.id)) ?? missing('The event')
  const event = await events.find(issue.projectId, eventId)
  return event?.issueId === issue.id ? event : missing('The event')
}

export const eventRoutes = (deps: EventDeps) => {
  const { events } = deps
  return new Hono<ApiEnv>()
    .get('/organizations/:org/issues/:issue/events/', authorize('event:read'), async (c) => {
      const issue = await findIssue(c.req.param('issue'), c.var.organization.id, deps)
      const cursor = c.req.query('cursor')
      const page = await events.list(issue.id, { limit: PAGE, ...(cursor ? { cursor } : {}) })
      c.header('Link', nextLink(c.req.url, page.next))
      return c.json(page.events.map(eventSummary))
    })
    .get('/organizations/:org/issues/:issue/events/:event/', authorize('event:read'), async (c) => {
      const issue = await findIssue(c.req.param('issue'), c.var.organization.id, deps)
      const event = await pick(events, issue, c.req.param('event'))
      return c.json(eventJson(event, await events.neighbours(event)))
    })
    .get('/projects/:org/:project/events/:event/', authorize('event:read'), async (c) => {
      const eventId = c.req.param('event').toLowerCase().replaceAll('-', '')
      const event = (await events.find(c.var.project.id, eventId)) ?? missing('The event')
      return c.json(eventJson(event, await events.neighbours(event)))
    })
}
