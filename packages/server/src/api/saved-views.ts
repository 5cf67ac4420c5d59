import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { ISSUE_SORTS } from '../ports/issue-search.ts'
import type { NewView, SavedView, SavedViewStore } from '../ports/saved-views.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { missing } from './find-issue.ts'
import { invalidField } from './invalid-input.ts'
import { readSearch } from './issue-list.ts'
import { PeriodFields } from './period.ts'
import { lacks } from './reach.ts'
import type { SavedViewJson } from './view-shapes.ts'
import { valid } from './valid.ts'

export interface SavedViewDeps {
  savedViews: SavedViewStore
  now: () => number
}

const NewSavedView = v.object({
  name: v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'), v.maxLength(80, 'must be at most 80 characters')),
  query: v.pipe(v.string(), v.maxLength(1000, 'must be at most 1000 characters')),
  sort: v.optional(v.picklist(ISSUE_SORTS, `must be one of ${ISSUE_SORTS.join(', ')}`), 'date'),
  environment: v.optional(v.pipe(v.string(), v.maxLength(200))),
  statsPeriod: PeriodFields.statsPeriod,
  project: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be a project ID'))),
  isShared: v.optional(v.boolean(), false),
})
type NewSavedView = v.InferOutput<typeof NewSavedView>

const viewJson = (view: SavedView, accountId: number | undefined): SavedViewJson => ({
  id: String(view.id),
  name: view.name,
  query: view.search.query,
  sort: view.search.sort,
  environment: view.search.environment ?? null,
  statsPeriod: view.search.statsPeriod ?? null,
  project: view.projectId === null ? null : String(view.projectId),
  isShared: view.isShared,
  isOwn: view.accountId === accountId,
  author: view.author,
})

const accountOf = (c: Context<ApiEnv>): number => {
  const { accountId } = c.var.actor ?? {}
  if (accountId === undefined)
    throw new HTTPException(403, { message: 'Views belong to people, and a token is nobody. Log in to save one.' })
  return accountId
}

/** What is shared is put before others, which takes what working on the project's issues takes. */
const checkSharing = async (c: Context<ApiEnv>, { isShared, project }: NewSavedView): Promise<void> => {
  if (project !== undefined && !(await c.var.projects.projectById(Number(project))))
    throw invalidField('project', 'There is no such project.')
  if (!isShared) return
  if (project === undefined) throw invalidField('project', 'A view is shared with a project. Name one.')
  if (!c.var.organization.scopesOn(Number(project)).includes('event:write')) throw lacks('event:write')
}

const viewOf = ({ name, project, isShared, environment, statsPeriod, ...search }: NewSavedView): NewView => ({
  name,
  isShared,
  projectId: project === undefined ? null : Number(project),
  search: { ...search, ...(environment && { environment }), ...(statsPeriod && { statsPeriod }) },
})

/** Searches for issues that people keep under a name, and may share with a project. */
export const savedViewRoutes = ({ savedViews, now }: SavedViewDeps) => {
  const visible = async (c: Context<ApiEnv>): Promise<SavedView[]> => {
    const { organization, projects, actor } = c.var
    const projectIds = (await projects.projects(organization.id)).map(({ id }) => id)
    const { accountId } = actor ?? {}
    return savedViews.list({
      organizationId: organization.id,
      projectIds,
      ...(accountId !== undefined && { accountId }),
    })
  }

  return new Hono<ApiEnv>()
    .get('/organizations/:org/saved-views/', authorize('event:read'), async (c) =>
      c.json((await visible(c)).map((view) => viewJson(view, c.var.actor?.accountId))),
    )
    .post('/organizations/:org/saved-views/', authorize('event:read'), valid('json', NewSavedView), async (c) => {
      const wanted = c.req.valid('json')
      const by = { organizationId: c.var.organization.id, accountId: accountOf(c) }
      await checkSharing(c, wanted)
      readSearch(c, wanted.query, now())
      const added = await savedViews.add(by, viewOf(wanted))
      if (!added) throw new HTTPException(400, { message: 'You have 100 views. Delete one that you no longer need.' })
      return c.json(viewJson(added, by.accountId), 201)
    })
    .delete('/organizations/:org/saved-views/:view/', authorize('event:read'), async (c) => {
      const view = (await visible(c)).find(({ id }) => String(id) === c.req.param('view'))
      if (!view) return missing('The view')
      const isTheirs = view.accountId === c.var.actor?.accountId
      const mayTidy = view.projectId !== null && c.var.organization.scopesOn(view.projectId).includes('project:write')
      if (!isTheirs && !mayTidy) throw lacks('project:write')
      await savedViews.remove(view.id)
      return c.body(null, 204)
    })
}
