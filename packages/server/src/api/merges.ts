import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { actorKey } from '../accounts/actor.ts'
import type { EventStore } from '../ports/events.ts'
import type { Issue } from '../ports/issues.ts'
import type { Merges } from '../ports/merges.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { findIssue, type IssueFinder } from './find-issue.ts'
import type { MergeJson, MergePreviewJson } from './grouping-shapes.ts'

export interface MergeDeps {
  issues: IssueFinder
  merges: Pick<Merges, 'hashes' | 'merge'>
  events: Pick<EventStore, 'newest'>
}

const AT_ONCE = 50

const refuse = (message: string): never => {
  throw new HTTPException(400, { message })
}

export const MergeFlag = v.union([v.literal(1), v.literal(true)], 'must be 1')

/** The issues that a request names, all of one project. */
const chosenIssues = async (c: Context<ApiEnv>, finder: IssueFinder): Promise<Issue[]> => {
  const ids = c.req.queries('id') ?? []
  if (ids.length > AT_ONCE) refuse(`At most ${AT_ONCE} issues can be merged at once.`)
  const found = new Map<number, Issue>()
  for (const id of ids) {
    const issue = await findIssue(c, finder, id)
    found.set(issue.id, issue)
  }
  if (found.size < 2) refuse('Name at least two different issues: ?id=1&id=2.')
  const issues = [...found.values()]
  if (new Set(issues.map((issue) => issue.projectId)).size > 1)
    refuse('Merging across multiple projects is not supported')
  return issues
}

/** The issue with most events goes on; the others lead to it. */
const chooseTarget = (issues: readonly Issue[]): { target: Issue; sources: Issue[] } => {
  const [target, ...sources] = issues.toSorted((a, b) => b.eventCount - a.eventCount || a.id - b.id)
  return { target: target!, sources }
}

const partOf = async (issue: Issue, { merges, events }: MergeDeps): Promise<MergePreviewJson['issues'][number]> => {
  const newest = await events.newest(issue.id)
  const hashes = await merges.hashes(issue.id)
  return {
    id: String(issue.id),
    shortId: issue.shortId,
    title: issue.title,
    culprit: issue.culprit,
    count: issue.eventCount,
    hashes: hashes.length,
    groupedBy: newest?.grouping.keys[0]?.parts ?? [],
  }
}

const preview = async (all: readonly Issue[], deps: MergeDeps): Promise<MergePreviewJson> => {
  const { target, sources } = chooseTarget(all)
  const issues = []
  for (const issue of [target, ...sources]) issues.push(await partOf(issue, deps))
  return { parent: String(target.id), issues, count: all.reduce((sum, one) => sum + one.eventCount, 0) }
}

/** Puts the issues that a request names together. Figures follow within seconds, in steps. */
export const mergeChosen = async (c: Context<ApiEnv>, { issues, merges }: MergeDeps): Promise<MergeJson> => {
  const { target, sources } = chooseTarget(await chosenIssues(c, issues))
  await merges.merge(
    target.projectId,
    { target: target.id, sources: sources.map(({ id }) => id) },
    actorKey(c.var.actor!),
  )
  return { merge: { parent: String(target.id), children: sources.map(({ id }) => String(id)) } }
}

/** Shows what a merge would swallow. */
export const mergePreviewRoutes = (deps: MergeDeps) =>
  new Hono<ApiEnv>().get('/organizations/:org/issues/merge-preview/', authorize('event:read'), async (c) =>
    c.json(await preview(await chosenIssues(c, deps.issues), deps)),
  )
