import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Release, ReleaseReach, ReleaseStore } from '../ports/releases.ts'
import type { ApiEnv } from './api-env.ts'

/** Sentry has every path twice; the second kind concerns one project. */
export const RELEASE_PATHS = ['/organizations/:org/releases', '/projects/:org/:project/releases']

export const versionOf = (c: Context<ApiEnv>): string => c.req.param('version')!

/** Which releases the asker may see: those of their projects, or below a project its own. */
export const reachOf = async (c: Context<ApiEnv>): Promise<ReleaseReach> => {
  const organizationId = c.var.organization.id
  if (c.req.param('project') !== undefined) {
    const { id } = c.var.project
    return { organizationId, projectIds: [id], projectId: id }
  }
  return { organizationId, projectIds: (await c.var.projects.projects(organizationId)).map(({ id }) => id) }
}

/** The release that the path names; one out of the asker's reach does not exist. */
export const findRelease = async (c: Context<ApiEnv>, releases: Pick<ReleaseStore, 'find'>): Promise<Release> => {
  const release = await releases.find(await reachOf(c), versionOf(c))
  if (!release) throw new HTTPException(404, { message: 'There is no such release.' })
  return release
}
