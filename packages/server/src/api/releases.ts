import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ProjectStore } from '../ports/projects.ts'
import type { Release, ReleaseChange, ReleaseStore } from '../ports/releases.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { findProjects } from './find-projects.ts'
import { nextLink } from './page-links.ts'
import { readJson } from './read-body.ts'
import { DeployBody, NewReleaseBody, ReleaseBody } from './release-bodies.ts'
import { commitJson, deployJson, releaseJson } from './release-json.ts'

export interface ReleaseDeps {
  releases: ReleaseStore
  projects: ProjectStore
}

const PAGE = 100

const pathProject = (c: Context<ApiEnv>): number | undefined =>
  c.req.param('project') === undefined ? undefined : c.var.project.id

const versionOf = (c: Context<ApiEnv>): string => c.req.param('version')!

const findRelease = async (c: Context<ApiEnv>, releases: ReleaseStore): Promise<Release> => {
  const release = await releases.find(c.var.organization.id, versionOf(c))
  const projectId = pathProject(c)
  const isElsewhere = projectId !== undefined && !release?.projects.some(({ id }) => id === projectId)
  if (!release || isElsewhere) throw new HTTPException(404, { message: 'There is no such release.' })
  return release
}

interface Wish {
  version: string
  projects?: readonly string[] | null | undefined
  change: ReleaseChange
}

/** Makes or changes a release for the projects of the body and the path. */
const save = async (c: Context<ApiEnv>, { releases, projects }: ReleaseDeps, wish: Wish) => {
  const organizationId = c.var.organization.id
  const named = await findProjects(projects, organizationId, wish.projects ?? [])
  const projectId = pathProject(c)
  const projectIds = [...named.map(({ id }) => id), ...(projectId === undefined ? [] : [projectId])]
  return releases.save(organizationId, wish.version, { ...wish.change, projectIds })
}

const resourceRoutes = (base: string, deps: ReleaseDeps) =>
  new Hono<ApiEnv>()
    .get(`${base}/`, authorize('project:read'), async (c) => {
      const cursor = c.req.query('cursor')
      const projectId = pathProject(c)
      const { releases, next } = await deps.releases.list(c.var.organization.id, {
        limit: PAGE,
        ...(cursor ? { cursor } : {}),
        ...(projectId === undefined ? {} : { projectId }),
      })
      c.header('Link', nextLink(c.req.url, next))
      return c.json(releases.map(releaseJson))
    })
    .post(`${base}/`, authorize('project:releases'), async (c) => {
      const { release, created } = await save(c, deps, await readJson(c.req, NewReleaseBody))
      // 208 tells a release that was there from a new one; Hono's types do not know the status.
      return c.json(releaseJson(release), created ? 201 : (208 as 200))
    })
    .get(`${base}/:version/`, authorize('project:read'), async (c) =>
      c.json(releaseJson(await findRelease(c, deps.releases))),
    )
    .put(`${base}/:version/`, authorize('project:releases'), async (c) => {
      const body = await readJson(c.req, ReleaseBody)
      return c.json(releaseJson((await save(c, deps, { version: versionOf(c), ...body })).release))
    })
    .delete(`${base}/:version/`, authorize('project:releases'), async (c) => {
      const release = await findRelease(c, deps.releases)
      await deps.releases.remove(c.var.organization.id, release.version)
      return c.body(null, 204)
    })

const detailRoutes = (base: string, deps: ReleaseDeps) =>
  new Hono<ApiEnv>()
    .get(`${base}/commits/`, authorize('project:read'), async (c) => {
      const release = await findRelease(c, deps.releases)
      return c.json((await deps.releases.commits(release.id)).map(commitJson))
    })
    .get(`${base}/previous-with-commits/`, authorize('project:read'), async (c) => {
      const previous = await deps.releases.previousWithCommits(c.var.organization.id, versionOf(c))
      // An empty object means none: sentry-cli fails on null and on 204 (checked with 2.58 and 3.8, 2026-11).
      return c.json(previous ? releaseJson(previous) : {})
    })
    .get(`${base}/deploys/`, authorize('project:read'), async (c) => {
      const release = await findRelease(c, deps.releases)
      return c.json((await deps.releases.deploys(release.id)).map(deployJson))
    })
    .post(`${base}/deploys/`, authorize('project:releases'), async (c) => {
      const { deploy, projects } = await readJson(c.req, DeployBody)
      const { release } = await save(c, deps, { version: versionOf(c), projects, change: {} })
      return c.json(deployJson(await deps.releases.addDeploy(release.id, deploy)), 201)
    })

// Sentry has every path twice; the second kind concerns one project.
const BASES = ['/organizations/:org/releases', '/projects/:org/:project/releases']

/**
 * Releases with their commits and deploys, as CI makes them. PUT makes what is not there, as POST does: bundler plugins
 * finalize releases that nobody created.
 */
export const releaseRoutes = (deps: ReleaseDeps) => {
  const routes = new Hono<ApiEnv>()
  for (const base of BASES)
    routes.route('/', resourceRoutes(base, deps)).route('/', detailRoutes(`${base}/:version`, deps))
  // Without repositories sentry-cli reads the commits from the checkout that it runs in.
  return routes.get('/organizations/:org/repos/', authorize('project:read'), (c) => c.json([]))
}
