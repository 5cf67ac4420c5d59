import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import type { EventQuery, EventSearch } from '../ports/event-search.ts'
import type { EventStore } from '../ports/events.ts'
import type { Issue } from '../ports/issues.ts'
import type { StoredEvent } from '../stored-event.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { eventJson, eventSummary } from './event-json.ts'
import { findIssue, missing, type IssueFinder } from './find-issue.ts'
import { invalidField } from './invalid-input.ts'
import { PageSize } from './issue-list.ts'
import { nextLink } from './page-links.ts'
import { PeriodFields, periodOf } from './period.ts'
import { readEventSearch } from '../search/event-filter.ts'
import { isProblem } from '../search/terms.ts'
import { valid } from './valid.ts'

export interface EventDeps {
  issues: IssueFinder
  events: EventStore
  eventSearch: EventSearch
  now: () => number
}

const PAGE = 25

const ListQuery = v.object({
  query: v.optional(v.string(), ''),
  ...PeriodFields,
  limit: v.optional(PageSize),
  per_page: v.optional(PageSize),
  cursor: v.optional(v.string()),
})

type ListQuery = v.InferOutput<typeof ListQuery>

const pick = async (events: EventStore, issue: Issue, eventId: string): Promise<StoredEvent> => {
  if (eventId === 'latest') return (await events.newest(issue.id)) ?? missing('The event')
  if (eventId === 'oldest') return (await events.oldest(issue.id)) ?? missing('The event')
  const event = await events.find(issue.projectId, eventId)
  return event?.issueId === issue.id ? event : missing('The event')
}

export const eventRoutes = (deps: EventDeps) => {
  const { events, issues, eventSearch, now } = deps

  const answer = async (c: Context<ApiEnv>, of: EventQuery['of'], query: ListQuery) => {
    const test = readEventSearch(query.query, now())
    if (isProblem(test)) throw invalidField('query', `Column ${test.at} of the search: ${test.message}`)
    const period = periodOf(query, now())
    const page = await eventSearch.list({
      of,
      limit: query.limit ?? query.per_page ?? PAGE,
      ...(query.query.trim() !== '' && { test }),
      ...(period && { period }),
      ...(query.cursor && { cursor: query.cursor }),
    })
    if (!page) throw invalidField('cursor', 'This cursor is none of this list. Begin without one.')
    c.header('Link', nextLink(c.req.url, page.next))
    return page.events.map(eventSummary)
  }

  return new Hono<ApiEnv>()
    .get('/organizations/:org/issues/:issue/events/', authorize('event:read'), valid('query', ListQuery), async (c) => {
      const { id: issueId } = await findIssue(c, issues)
      return c.json(await answer(c, { issueId }, c.req.valid('query')))
    })
    .get('/projects/:org/:project/events/', authorize('event:read'), valid('query', ListQuery), async (c) =>
      c.json(await answer(c, { projectId: c.var.project.id }, c.req.valid('query'))),
    )
    .get('/organizations/:org/issues/:issue/events/:event/', authorize('event:read'), async (c) => {
      const issue = await findIssue(c, issues)
      const event = await pick(events, issue, c.req.param('event'))
      return c.json(eventJson(event, await events.neighbours(event)))
    })
    .get('/projects/:org/:project/events/:event/', authorize('event:read'), async (c) => {
      const eventId = c.req.param('event').toLowerCase().replaceAll('-', '')
      const event = (await events.find(c.var.project.id, eventId)) ?? missing('The event')
      return c.json(eventJson(event, await events.neighbours(event)))
    })
}
