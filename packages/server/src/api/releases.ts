import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Release, ReleaseChange, ReleaseStore } from '../ports/releases.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { findProjects } from './find-projects.ts'
import { findRelease, reachOf, RELEASE_PATHS, versionOf } from './find-release.ts'
import { nextLink } from './page-links.ts'
import { readJson } from './read-body.ts'
import { DeployBody, NewReleaseBody, ReleaseBody, ReleaseDetailQuery, ReleaseQuery } from './release-bodies.ts'
import { withHealth, type HealthDeps } from './release-health-data.ts'
import { commitJson, deployJson, releaseJson } from './release-json.ts'
import { valid } from './valid.ts'

export interface ReleaseDeps extends HealthDeps {
  releases: ReleaseStore
}

interface Wish {
  version: string
  projects?: readonly string[] | null | undefined
  change: ReleaseChange
}

/** A release that others have may be joined by naming a project, and not be changed without. */
const checkReach = async (c: Context<ApiEnv>, releases: ReleaseStore, version: string): Promise<void> => {
  const reach = await reachOf(c)
  const isHidden = (await releases.exists(reach.organizationId, version)) && !(await releases.find(reach, version))
  if (isHidden) throw new HTTPException(404, { message: 'There is no such release.' })
}

/** Makes or changes a release for the projects of the body and the path. */
const save = async (c: Context<ApiEnv>, { releases }: ReleaseDeps, { version, projects, change }: Wish) => {
  const reach = await reachOf(c)
  const named = await findProjects(c.var.projects, reach.organizationId, projects ?? [])
  const projectIds = [...named.map(({ id }) => id), ...(reach.projectId === undefined ? [] : [reach.projectId])]
  if (projectIds.length === 0) await checkReach(c, releases, version)
  return releases.save(reach, version, { ...change, projectIds })
}

const resourceRoutes = (base: string, deps: ReleaseDeps) =>
  new Hono<ApiEnv>()
    .get(`${base}/`, authorize('project:read'), valid('query', ReleaseQuery), async (c) => {
      const { periodMs, ...query } = c.req.valid('query')
      const { releases, next } = await deps.releases.list(await reachOf(c), query)
      c.header('Link', nextLink(c.req.url, next))
      return c.json(await withHealth(releases.map(releaseJson), periodMs, deps))
    })
    .post(`${base}/`, authorize('project:releases'), async (c) => {
      const { release, created } = await save(c, deps, await readJson(c.req, NewReleaseBody))
      // 208 tells a release that was there from a new one; Hono's types do not know the status.
      return c.json(releaseJson(release), created ? 201 : (208 as 200))
    })
    .get(`${base}/:version/`, authorize('project:read'), valid('query', ReleaseDetailQuery), async (c) => {
      const release = releaseJson(await findRelease(c, deps.releases))
      return c.json((await withHealth([release], c.req.valid('query').periodMs, deps))[0]!)
    })
    .put(`${base}/:version/`, authorize('project:releases'), async (c) => {
      const body = await readJson(c.req, ReleaseBody)
      return c.json(releaseJson((await save(c, deps, { version: versionOf(c), ...body })).release))
    })
    .delete(`${base}/:version/`, authorize('project:releases'), async (c) => {
      const { version } = await findRelease(c, deps.releases)
      await deps.releases.remove(await reachOf(c), version)
      return c.body(null, 204)
    })

/** Releases that nobody announced are made here too: bundler plugins tell of deploys first. */
const ensureRelease = async (c: Context<ApiEnv>, deps: ReleaseDeps, projects: Wish['projects']): Promise<Release> =>
  (await save(c, deps, { version: versionOf(c), projects, change: {} })).release

const detailRoutes = (base: string, deps: ReleaseDeps) =>
  new Hono<ApiEnv>()
    .get(`${base}/commits/`, authorize('project:read'), async (c) => {
      const release = await findRelease(c, deps.releases)
      return c.json((await deps.releases.commits(release.id)).map(commitJson))
    })
    .get(`${base}/previous-with-commits/`, authorize('project:read'), async (c) => {
      const previous = await deps.releases.previousWithCommits(await reachOf(c), versionOf(c))
      // An empty object means none: sentry-cli fails on null and on 204 (checked with 2.58 and 3.8, 2026-11).
      return c.json(previous ? releaseJson(previous) : {})
    })
    .get(`${base}/deploys/`, authorize('project:read'), async (c) => {
      const release = await findRelease(c, deps.releases)
      return c.json((await deps.releases.deploys(release.id)).map(deployJson))
    })
    .post(`${base}/deploys/`, authorize('project:releases'), async (c) => {
      const { deploy, projects } = await readJson(c.req, DeployBody)
      const { id } = await ensureRelease(c, deps, projects)
      return c.json(deployJson(await deps.releases.addDeploy(id, deploy)), 201)
    })

/**
 * Releases with their commits and deploys, as clients and CI make them. PUT makes what is not there, as POST does: bundler
 * plugins finalize releases that nobody created.
 */
export const releaseRoutes = (deps: ReleaseDeps) => {
  const routes = new Hono<ApiEnv>()
  for (const base of RELEASE_PATHS)
    routes.route('/', resourceRoutes(base, deps)).route('/', detailRoutes(`${base}/:version`, deps))
  return routes
}
