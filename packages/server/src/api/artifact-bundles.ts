import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { Assemble } from '../artifacts/assemble.ts'
import type { ProjectStore } from '../ports/projects.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { findProjects, ProjectNames } from './find-projects.ts'
import { readJson } from './read-body.ts'

export interface ArtifactBundleDeps {
  assemble: Assemble
  projects: ProjectStore
}

const Checksum = v.pipe(v.string(), v.regex(/^[\da-f]{40}$/, 'must be a SHA-1 of 40 hex digits'))

const AssembleBody = v.object({
  checksum: Checksum,
  chunks: v.pipe(v.array(Checksum), v.minLength(1, 'must name at least one chunk'), v.maxLength(50_000)),
  projects: ProjectNames,
  version: v.nullish(v.pipe(v.string(), v.maxLength(250))),
  dist: v.nullish(v.pipe(v.string(), v.maxLength(64))),
})

/** Where uploaders have their chunks put together. Every state answers 200: clients read it from the body. */
export const artifactBundleRoutes = ({ assemble, projects }: ArtifactBundleDeps) =>
  new Hono<ApiEnv>().post('/organizations/:org/artifactbundle/assemble/', authorize('project:releases'), async (c) => {
    const body = await readJson(c.req, AssembleBody)
    const organizationId = c.var.organization.id
    const found = await findProjects(projects, organizationId, body.projects)
    if (found.length === 0) throw new HTTPException(400, { message: 'The request names no project. Pass --project.' })
    const { checksum, chunks } = body
    const projectIds = found.map(({ id }) => id)
    // An empty text means the same as none.
    const [release, dist] = [body.version || null, body.dist || null]
    return c.json(await assemble({ organizationId, projectIds, checksum, chunks, release, dist }))
  })
