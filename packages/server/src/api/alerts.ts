import { Hono } from 'hono'
import * as v from 'valibot'
import { actorKey } from '../accounts/actor.ts'
import type { Alert, AlertStore } from '../ports/alerts.ts'
import type { AlertJson } from './alert-shapes.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { missing } from './find-issue.ts'
import { iso } from './issue-json.ts'
import { nextLink } from './page-links.ts'
import { valid } from './valid.ts'

export interface AlertDeps {
  alerts: AlertStore
}

const PAGE = 50

const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at))

const alertJson = (alert: Alert): AlertJson => ({
  id: String(alert.id),
  rule: { id: String(alert.ruleId), name: alert.ruleName },
  issue: alert.event && { id: String(alert.event.issueId) },
  event: alert.event && { eventID: alert.event.eventId },
  why: alert.why,
  evidence: alert.evidence,
  dateHappened: iso(alert.happenedAt),
  dateFired: iso(alert.firedAt),
  dateAcknowledged: isoOrNull(alert.acknowledgedAt),
  acknowledgedBy: alert.acknowledgedBy,
  dateResolved: isoOrNull(alert.resolvedAt),
})

const Page = v.object({ cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be a cursor'))) })
const Change = v.union(
  [v.object({ acknowledged: v.literal(true) }), v.object({ resolved: v.literal(true) })],
  'must be {"acknowledged": true} or {"resolved": true}',
)

/** What has fired, with the evidence, that somebody cares, and that it is over. */
export const alertRoutes = ({ alerts }: AlertDeps) => {
  const path = '/projects/:org/:project/alerts/'
  return new Hono<ApiEnv>()
    .get(path, authorize('event:read'), valid('query', Page), async (c) => {
      const { cursor } = c.req.valid('query')
      const before = cursor === undefined ? undefined : Number(cursor)
      const found = await alerts.list(c.var.project.id, { limit: PAGE, before })
      c.header('Link', nextLink(c.req.url, found.length < PAGE ? undefined : String(found.at(-1)!.id)))
      return c.json(found.map(alertJson))
    })
    .put(`${path}:alert/`, authorize('event:write'), valid('json', Change), async (c) => {
      const id = Number(c.req.param('alert'))
      const project = c.var.project.id
      if ('resolved' in c.req.valid('json'))
        return (await alerts.resolve(project, id)) ? c.body(null, 204) : missing('An alert that is not over')
      const isNew = await alerts.acknowledge(project, id, actorKey(c.var.actor!))
      return isNew ? c.body(null, 204) : missing('An alert that nobody has acknowledged')
    })
}
