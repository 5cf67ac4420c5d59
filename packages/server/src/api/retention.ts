import { Hono } from 'hono'
import * as v from 'valibot'
import type { AuditLog } from '../ports/audit.ts'
import type { Limits, RetentionStore } from '../ports/retention.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import type { RetentionJson } from './shapes.ts'
import { valid } from './valid.ts'

export interface RetentionDeps {
  retention: RetentionStore
  audit: AuditLog
  /** What is kept of a project that says nothing of that. */
  limits: Limits
}

const limit = (least: number) => {
  const message = `must be a whole number from ${least}, or null for the operator's choice`
  return v.nullish(v.pipe(v.number(message), v.integer(message), v.minValue(least, message)))
}

const Change = v.strictObject({ days: limit(1), events: limit(1000), megabytes: limit(10) })

const withoutNulls = (limits: v.InferOutput<typeof Change>): Partial<Limits> =>
  Object.fromEntries(Object.entries(limits).filter(([, value]) => value != null))

export const retentionRoutes = ({ retention, limits, audit }: RetentionDeps) => {
  const json = async (projectId: number): Promise<RetentionJson> => {
    const own = await retention.ownLimits(projectId)
    return { ...limits, ...own, own: Object.keys(own) }
  }
  return new Hono<ApiEnv>()
    .get('/projects/:org/:project/retention/', authorize('project:read'), async (c) =>
      c.json(await json(c.var.project.id)),
    )
    .put('/projects/:org/:project/retention/', authorize('project:admin'), valid('json', Change), async (c) => {
      await retention.setOwnLimits(c.var.project.id, withoutNulls(c.req.valid('json')))
      await note(audit, c, { action: 'retention.edit', target: c.var.project.slug })
      return c.json(await json(c.var.project.id))
    })
}
