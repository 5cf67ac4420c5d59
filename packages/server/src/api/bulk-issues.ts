import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import type { IssueSearch } from '../ports/issue-search.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { changeIssues, type ChangeIssuesDeps } from './change-issues.ts'
import { findIssue, type IssueFinder } from './find-issue.ts'
import type { MergeJson } from './grouping-shapes.ts'
import { IssueSelection, selectIssues } from './issue-list.ts'
import { IssueChange } from './issue-orders.ts'
import { mergeChosen, MergeFlag, type MergeDeps } from './merges.ts'
import type { BulkChangeJson } from './life-shapes.ts'
import { valid } from './valid.ts'

export interface BulkDeps extends ChangeIssuesDeps, MergeDeps {
  issues: IssueFinder
  issueSearch: Pick<IssueSearch, 'ids'>
}

/** Issues that one request changes. */
const AT_ONCE = 10_000
const STEP = 1000

const BulkQuery = v.object({
  ...IssueSelection.entries,
  // Without a query sentry-cli means all; its --status comes on its own.
  query: v.optional(v.string(), ''),
  status: v.optional(
    v.picklist(['unresolved', 'resolved', 'ignored', 'muted'], 'must be unresolved, resolved or ignored'),
  ),
})

const BulkChange = v.object({ ...IssueChange.entries, merge: v.optional(MergeFlag) })

type Bulk = v.InferOutput<typeof BulkQuery>

const searchOf = ({ query, status, ...selection }: Bulk): v.InferOutput<typeof IssueSelection> => ({
  ...selection,
  query: status === undefined ? query : `${query} is:${status === 'muted' ? 'ignored' : status}`.trim(),
})

const namedIds = async (c: Context<ApiEnv>, issues: IssueFinder, ids: readonly string[]): Promise<number[]> => {
  const found = []
  for (const id of new Set(ids)) {
    const issue = await findIssue(c, issues, id)
    if (c.req.param('project') === undefined || issue.projectId === c.var.project.id) found.push(issue.id)
  }
  return found
}

/** Those that the request names, else those that its search finds: the oldest first, one more than are changed at once. */
const chosenIds = async (c: Context<ApiEnv>, bulk: Bulk, deps: BulkDeps): Promise<number[]> => {
  const named = c.req.queries('id') ?? []
  if (named.length > 0) return namedIds(c, deps.issues, named)
  const selected = await selectIssues(c, searchOf(bulk), deps.now())
  const ids: number[] = []
  for (let step: number[] = [0]; step.length > 0 && ids.length <= AT_ONCE;) {
    step = await deps.issueSearch.ids(selected, { after: ids.at(-1) ?? 0, limit: STEP })
    ids.push(...step)
  }
  return ids
}

/** Changes many issues at once: those that `id` names, or those that a search finds. */
export const bulkIssueRoutes = (deps: BulkDeps) => {
  const answer = async (
    c: Context<ApiEnv>,
    bulk: Bulk,
    { merge, ...wanted }: v.InferOutput<typeof BulkChange>,
  ): Promise<BulkChangeJson | MergeJson> => {
    if (merge !== undefined) return mergeChosen(c, deps)
    const ids = await chosenIds(c, bulk, deps)
    const { changed, withoutRelease } = await changeIssues(c, { issueIds: ids.slice(0, AT_ONCE), change: wanted }, deps)
    return { ...wanted, changed: changed.length, withoutRelease: withoutRelease.length, more: ids.length > AT_ONCE }
  }

  const routes = new Hono<ApiEnv>()
  for (const path of ['/organizations/:org/issues/', '/projects/:org/:project/issues/'])
    routes.put(path, authorize('event:write'), valid('query', BulkQuery), valid('json', BulkChange), async (c) =>
      c.json(await answer(c, c.req.valid('query'), c.req.valid('json'))),
    )
  return routes
}
