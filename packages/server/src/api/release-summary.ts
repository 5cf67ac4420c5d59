import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import type { Issue, IssueStore } from '../ports/issues.ts'
import { RELEASE_ISSUE_CHANGES, type ReleaseFigures } from '../ports/release-figures.ts'
import type { ReleaseStore } from '../ports/releases.ts'
import { partOf, summarise, type ProjectRelease, type ReleaseSummary, type SummaryDeps } from '../releases/summarise.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { findRelease } from './find-release.ts'
import { issueJson } from './issue-json.ts'
import { nextLink } from './page-links.ts'
import { healthJson } from './release-health-json.ts'
import type { ReleaseSummaryJson } from './release-shapes.ts'
import { valid } from './valid.ts'

export interface ReleaseSummaryDeps extends SummaryDeps {
  releases: ReleaseStore
  releaseFigures: ReleaseFigures
  issues: Pick<IssueStore, 'find'>
  publicUrl: () => string
  now: () => number
}

const HOUR_MS = 3_600_000
const PAGE = 25

// Sessions are kept one by one for five weeks.
const SummaryQuery = v.object({
  hours: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,3}$/, 'must be a number of hours, 1 to 840'),
      v.transform(Number),
      v.minValue(1),
      v.maxValue(840),
    ),
    '24',
  ),
})

const IssuesQuery = v.object({
  change: v.optional(v.picklist(RELEASE_ISSUE_CHANGES, `must be one of ${RELEASE_ISSUE_CHANGES.join(', ')}`), 'new'),
  cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be that of a page before'), v.transform(Number))),
})

const coverageShare = ({ coverage: { frames, resolved } }: ReleaseSummary): number | null =>
  frames === 0 ? null : resolved / frames

const summaryJson = (summary: ReleaseSummary): Omit<ReleaseSummaryJson, 'previous'> => ({
  version: summary.version,
  health: healthJson(summary.health),
  adoption: summary.adoption,
  issues: summary.issues,
  artifacts: { ...summary.artifacts, coverage: { ...summary.coverage, share: coverageShare(summary) } },
})

const releaseOf = async (c: Context<ApiEnv>, releases: ReleaseStore): Promise<ProjectRelease> => {
  const { version, releasedAt, createdAt } = await findRelease(c, releases)
  return { projectId: c.var.project.id, release: { version, date: releasedAt ?? createdAt } }
}

const BASE = '/projects/:org/:project/releases/:version'

/** How a release does: its issues, how its sessions end, whether its stacks can be read, beside the release before it. */
export const releaseSummaryRoutes = (deps: ReleaseSummaryDeps) =>
  new Hono<ApiEnv>()
    .get(`${BASE}/summary/`, authorize('event:read'), valid('query', SummaryQuery), async (c) => {
      const since = deps.now() - c.req.valid('query').hours * HOUR_MS
      const { current, previous } = await summarise(await releaseOf(c, deps.releases), deps, since)
      const body: ReleaseSummaryJson = { ...summaryJson(current), previous: previous ? summaryJson(previous) : null }
      return c.json(body)
    })
    .get(`${BASE}/issues/`, authorize('event:read'), valid('query', IssuesQuery), async (c) => {
      const { change, cursor } = c.req.valid('query')
      const part = await partOf(await releaseOf(c, deps.releases), deps.releaseFigures)
      const page = { limit: PAGE + 1, ...(cursor === undefined ? {} : { below: cursor }) }
      const ids = await deps.releaseFigures.issueIds(part, change, page)
      const shown = ids.slice(0, PAGE)
      const found = await Promise.all(shown.map((id) => deps.issues.find(id)))
      c.header('Link', nextLink(c.req.url, ids.length > PAGE ? String(shown.at(-1)) : undefined))
      const place = { origin: deps.publicUrl(), organization: c.var.organization.slug }
      return c.json(
        found.filter((issue): issue is Issue => issue !== undefined).map((issue) => issueJson(issue, place)),
      )
    })
