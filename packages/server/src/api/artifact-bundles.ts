import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { Reading } from '../alerts/reading.ts'
import type { Assemble } from '../artifacts/assemble.ts'
import { indexKey } from '../artifacts/blob-keys.ts'
import type { ArtifactBundles } from '../ports/artifact-bundles.ts'
import type { ArtifactRecords } from '../ports/artifact-store.ts'
import type { ReadingStore } from '../ports/readings.ts'
import type { ApiEnv } from './api-env.ts'
import { bundleJson, fileJson, resolvedIssueJson, type ArtifactStorageJson } from './artifact-bundle-json.ts'
import { authorize } from './authorize.ts'
import { findProjects, ProjectNames } from './find-projects.ts'
import { nextLink } from './page-links.ts'
import { readJson } from './read-body.ts'

export interface ArtifactBundleDeps {
  assemble: Assemble
  artifactBundles: ArtifactBundles
  artifactIndexes: Pick<ArtifactRecords, 'indexState'>
  readings: Pick<ReadingStore, 'count'>
  now: () => number
}

const Checksum = v.pipe(v.string(), v.regex(/^[\da-f]{40}$/, 'must be a SHA-1 of 40 hex digits'))

const AssembleBody = v.object({
  checksum: Checksum,
  chunks: v.pipe(v.array(Checksum), v.minLength(1, 'must name at least one chunk'), v.maxLength(50_000)),
  projects: ProjectNames,
  version: v.nullish(v.pipe(v.string(), v.maxLength(250))),
  dist: v.nullish(v.pipe(v.string(), v.maxLength(64))),
})

const failedUpload = (projectId: number, { release, now }: { release: string | null; now: number }): Reading => ({
  projectId,
  kind: 'uploads',
  at: now,
  receivedAt: now,
  grade: 1,
  quantity: 1,
  tags: new Map(release === null ? [] : [['release', release]]),
})

const assembleRoutes = ({ assemble, readings, now }: ArtifactBundleDeps) =>
  // Every state answers 200: clients read it from the body.
  new Hono<ApiEnv>().post('/organizations/:org/artifactbundle/assemble/', authorize('project:releases'), async (c) => {
    const body = await readJson(c.req, AssembleBody)
    const organizationId = c.var.organization.id
    const found = await findProjects(c.var.projects, organizationId, body.projects)
    if (found.length === 0) throw new HTTPException(400, { message: 'The request names no project. Pass --project.' })
    const { checksum, chunks } = body
    const projectIds = found.map(({ id }) => id)
    // An empty text means the same as none.
    const [release, dist] = [body.version || null, body.dist || null]
    const answer = await assemble({ organizationId, projectIds, checksum, chunks, release, dist })
    if (answer.state === 'error')
      await readings.count(projectIds.map((projectId) => failedUpload(projectId, { release, now: now() })))
    return c.json(answer)
  })

const PAGE = 100
const DELETED_AT_ONCE = 10_000

const asId = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined

const noUpload = () => new HTTPException(404, { message: 'There is no such upload in this project.' })

const listingRoutes = ({ artifactBundles, artifactIndexes }: ArtifactBundleDeps) =>
  new Hono<ApiEnv>()
    .get('/projects/:org/:project/files/artifact-bundles/', authorize('project:read'), async (c) => {
      const { query, release, cursor } = c.req.query()
      const below = asId(cursor)
      const bundles = await artifactBundles.list(c.var.project.id, {
        limit: PAGE + 1,
        ...(query ? { search: query.slice(0, 250) } : {}),
        ...(release ? { release } : {}),
        ...(below === undefined ? {} : { below }),
      })
      const page = bundles.slice(0, PAGE)
      c.header('Link', nextLink(c.req.url, bundles.length > PAGE ? String(page.at(-1)!.id) : undefined))
      return c.json(page.map(bundleJson))
    })
    .get('/projects/:org/:project/artifact-bundles/:bundle/files/', authorize('project:read'), async (c) => {
      const id = asId(c.req.param('bundle'))
      const files = id === undefined ? undefined : await artifactBundles.files(c.var.project.id, id)
      if (!files) throw noUpload()
      const states = files.map((file) =>
        file.kind === 'map' ? artifactIndexes.indexState(indexKey(file).hash) : undefined,
      )
      const indexes = await Promise.all(states)
      return c.json({ bundleId: String(id), files: files.map((file, at) => fileJson(file, indexes[at])) })
    })
    .get('/projects/:org/:project/artifact-bundles/:bundle/issues/', authorize('project:read'), async (c) => {
      const id = asId(c.req.param('bundle'))
      const issues = id === undefined ? undefined : await artifactBundles.issues(c.var.project.id, id, PAGE)
      if (!issues) throw noUpload()
      return c.json({ bundleId: String(id), issues: issues.map(resolvedIssueJson) })
    })
    .get('/projects/:org/:project/artifact-bundles/storage/', authorize('project:read'), async (c) =>
      c.json((await artifactBundles.storage(c.var.project.id)) satisfies ArtifactStorageJson),
    )

/** Which uploads a request to delete is about: one, or all of a release. */
const chooseBundles = async (
  artifactBundles: ArtifactBundles,
  projectId: number,
  { bundleId, release }: { bundleId?: string; release?: string },
): Promise<number[]> => {
  const id = asId(bundleId)
  if (id !== undefined) return [id]
  if (!release) throw new HTTPException(400, { message: 'Name what to delete: ?bundleId=… or ?release=….' })
  return (await artifactBundles.list(projectId, { release, limit: DELETED_AT_ONCE })).map((bundle) => bundle.id)
}

const deletionRoutes = ({ artifactBundles }: ArtifactBundleDeps) =>
  new Hono<ApiEnv>().delete(
    '/projects/:org/:project/files/artifact-bundles/',
    authorize('project:releases'),
    async (c) => {
      const ids = await chooseBundles(artifactBundles, c.var.project.id, c.req.query())
      if (ids.length > 0) await artifactBundles.remove(c.var.project.id, ids)
      return c.body(null, 204)
    },
  )

/** Uploads: put together from chunks, listed with what they were good for, and deleted. */
export const artifactBundleRoutes = (deps: ArtifactBundleDeps) =>
  new Hono<ApiEnv>().route('/', assembleRoutes(deps)).route('/', listingRoutes(deps)).route('/', deletionRoutes(deps))
