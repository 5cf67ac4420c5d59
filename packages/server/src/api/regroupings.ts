import { Hono } from 'hono'
import type { Regrouping, RegroupJob } from '../ports/regrouping.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { iso } from './issue-json.ts'
import type { RegroupingJson } from './grouping-shapes.ts'

export interface RegroupingDeps {
  regrouping: Pick<Regrouping, 'list'>
}

const SHOWN = 50

const json = (job: RegroupJob): RegroupingJson => ({
  id: String(job.id),
  cause: job.cause,
  about: job.about,
  total: job.total,
  checked: job.checked,
  changed: job.changed,
  moved: job.moved,
  dateCreated: iso(job.requestedAt),
  dateFinished: job.finishedAt === null ? null : iso(job.finishedAt),
})

/** How far the passes over stored events are: after uploads, changed rules and merges. */
export const regroupingRoutes = ({ regrouping }: RegroupingDeps) =>
  new Hono<ApiEnv>().get('/projects/:org/:project/regroupings/', authorize('event:read'), async (c) =>
    c.json((await regrouping.list(c.var.project.id, SHOWN)).map(json)),
  )
