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
  issue: { id: String(alert.issueId) },
  event: { eventID: alert.eventId },
  evidence: alert.evidence,
  dateHappened: iso(alert.happenedAt),
  dateFired: iso(alert.firedAt),
  dateAcknowledged: isoOrNull(alert.acknowledgedAt),
  acknowledgedBy: alert.acknowledgedBy,
  dateResolved: isoOrNull(alert.resolvedAt),
})

const Page = v.object({ cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be a cursor'))) })
const Acknowledgement = v.object({ acknowledged: v.literal(true, 'must be true') })

/** What has fired, with the evidence, and that somebody cares. */
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
    .put(`${path}:alert/`, authorize('event:write'), valid('json', Acknowledgement), async (c) => {
      const id = Number(c.req.param('alert'))
      const isNew = await alerts.acknowledge(c.var.project.id, id, actorKey(c.var.actor!))
      return isNew ? c.body(null, 204) : missing('An alert that nobody has acknowledged')
    })
}
