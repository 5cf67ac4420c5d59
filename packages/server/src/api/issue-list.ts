import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import { ISSUE_SORTS, type FoundIssue, type IssueFilter, type IssueSearch, type Period } from '../ports/issue-search.ts'
import { readIssueSearch } from '../search/issue-filter.ts'
import { isProblem } from '../search/terms.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { invalidField } from './invalid-input.ts'
import { iso, issueJson } from './issue-json.ts'
import { pageLinks } from './page-links.ts'
import { PeriodFields, periodOf } from './period.ts'
import type { ListedIssueJson } from './shapes.ts'
import { GRAINS, statsOf, type Grain } from './stats-json.ts'
import { valid } from './valid.ts'

export interface IssueListDeps {
  issueSearch: IssueSearch
  publicUrl: () => string
  now: () => number
}

const PAGE = 25

/** One value, or several when the parameter is repeated. */
const Several = <Schema extends v.GenericSchema<string, string>>(one: Schema) =>
  v.optional(
    v.pipe(
      v.union([one, v.array(one)]),
      v.transform((value) => (Array.isArray(value) ? value : [value])),
    ),
  )

export const PageSize = v.pipe(
  v.string(),
  v.regex(/^\d{1,3}$/, 'must be a number from 1 to 100'),
  v.transform(Number),
  v.minValue(1),
  v.maxValue(100),
)

export const ProjectIds = Several(v.pipe(v.string(), v.regex(/^-?\d{1,15}$/, 'must be a project ID')))

/** Which issues a request is about. */
export const IssueSelection = v.object({
  query: v.optional(v.string(), 'is:unresolved'),
  project: ProjectIds,
  environment: Several(v.pipe(v.string(), v.maxLength(200))),
  ...PeriodFields,
})

const ListQuery = v.object({
  ...IssueSelection.entries,
  sort: v.optional(v.picklist(ISSUE_SORTS, `must be one of ${ISSUE_SORTS.join(', ')}`), 'date'),
  limit: v.optional(PageSize),
  per_page: v.optional(PageSize),
  cursor: v.optional(v.string()),
  groupStatsPeriod: v.optional(v.picklist(['', ...GRAINS], `must be one of ${GRAINS.join(', ')}`), '24h'),
})

export interface Selected {
  projectIds: number[]
  filters: IssueFilter[]
  environments?: string[]
  period?: Period
}

/** What a search text asks of issues; answers 400 that names the column of the first mistake. */
export const readSearch = (c: Context<ApiEnv>, text: string, now: number): IssueFilter[] => {
  const { accountId } = c.var.actor ?? {}
  const filters = readIssueSearch(text, { now, ...(accountId === undefined ? {} : { accountId }) })
  if (isProblem(filters)) throw invalidField('query', `Column ${filters.at} of the search: ${filters.message}`)
  return filters
}

// -1 is Sentry's word for all projects.
const ALL = '-1'

/** The path's project, or those of its organization that the asker may see and has named. */
export const projectsOf = async (c: Context<ApiEnv>, named: readonly string[] | undefined): Promise<number[]> => {
  if (c.req.param('project') !== undefined) return [c.var.project.id]
  const all = (await c.var.projects.projects(c.var.organization.id)).map(({ id }) => id)
  return named && !named.includes(ALL) ? all.filter((id) => named.includes(String(id))) : all
}

/** The issues that a request is about, within what the asker may see. */
export const selectIssues = async (
  c: Context<ApiEnv>,
  selection: v.InferOutput<typeof IssueSelection>,
  now: number,
): Promise<Selected> => {
  const period = periodOf(selection, now)
  return {
    projectIds: await projectsOf(c, selection.project),
    filters: readSearch(c, selection.query, now),
    ...(selection.environment && { environments: selection.environment }),
    ...(period && { period }),
  }
}

const lifetimeOf = (issue: FoundIssue): ListedIssueJson['lifetime'] => ({
  count: String(issue.eventCount),
  userCount: issue.userCount,
  firstSeen: iso(issue.firstSeen),
  lastSeen: iso(issue.lastSeen),
})

export const issueListRoutes = ({ issueSearch, publicUrl, now }: IssueListDeps) => {
  const stats = async (issues: readonly FoundIssue[], { environments }: Selected, grain: Grain | '') => {
    if (grain === '') return new Map<number, ListedIssueJson['stats']>()
    const ids = issues.map(({ id }) => id)
    return statsOf(grain, now(), (period) =>
      issueSearch.tallies(ids, { period, ...(environments && { environments }) }),
    )
  }

  const answer = async (c: Context<ApiEnv>, query: v.InferOutput<typeof ListQuery>) => {
    const selected = await selectIssues(c, query, now())
    const { sort, cursor, limit = query.per_page ?? PAGE } = query
    const page = await issueSearch.list({ ...selected, sort, limit, ...(cursor && { cursor }) })
    if (!page) throw invalidField('cursor', 'This cursor is none of this list. Begin without one.')
    const byIssue = await stats(page.issues, selected, query.groupStatsPeriod)
    const place = { origin: publicUrl(), organization: c.var.organization.slug }
    c.header('Link', pageLinks(c.req.url, page))
    return page.issues.map((issue): ListedIssueJson => ({
      ...issueJson(issue, place),
      count: String(issue.count),
      lifetime: lifetimeOf(issue),
      stats: byIssue.get(issue.id) ?? {},
    }))
  }

  return new Hono<ApiEnv>()
    .get('/organizations/:org/issues/', authorize('event:read'), valid('query', ListQuery), async (c) =>
      c.json(await answer(c, c.req.valid('query'))),
    )
    .get('/projects/:org/:project/issues/', authorize('event:read'), valid('query', ListQuery), async (c) =>
      c.json(await answer(c, c.req.valid('query'))),
    )
}
