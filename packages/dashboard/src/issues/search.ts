import type { IssueStatus } from '@foghorn/server'

export const STATUS_FILTERS = ['unresolved', 'resolved', 'ignored', 'all'] as const
export type StatusFilter = (typeof STATUS_FILTERS)[number]

export const SORTS = { date: 'Last seen', new: 'First seen', freq: 'Most events' } as const
export type IssueSort = keyof typeof SORTS

/** What the list shows when nothing was asked for. */
export const DEFAULT_QUERY = 'is:unresolved'

/** The state of the list, as it stands in the page's address. */
export interface IssueSearch {
  /** Free words and `is: level: release: environment:` terms; absent means the default, empty means everything. */
  query?: string
  /** Number of one project. */
  project?: string
  sort?: IssueSort
}

/** Reads what stands in the address; what makes no sense is left out. */
export const readIssueSearch = (search: Record<string, unknown>): IssueSearch => ({
  ...(typeof search.query === 'string' && { query: search.query }),
  ...(typeof search.project === 'string' && /^\d+$/.test(search.project) && { project: search.project }),
  ...(isSort(search.sort) && { sort: search.sort }),
})

const isSort = (sort: unknown): sort is IssueSort => typeof sort === 'string' && Object.hasOwn(SORTS, sort)

const STATUS_TERM = /(^|\s)is:(\S*)/g

/** Which status a query asks for; the last term wins. */
export const statusOf = (query: string): StatusFilter => {
  const named = [...query.matchAll(STATUS_TERM)].at(-1)?.[2]
  return STATUS_FILTERS.find((status) => status === named) ?? 'all'
}

/** The same query for another status. */
export const withStatus = (query: string, status: StatusFilter): string => {
  const rest = query.replaceAll(STATUS_TERM, ' ').replaceAll(/\s+/g, ' ').trim()
  return status === 'all' ? rest : `is:${status} ${rest}`.trim()
}

/** A term such as `release:"shop 1.0"`, quoted where it must be. */
export const term = (key: string, value: string): string =>
  /[\s"]/.test(value) ? `${key}:"${value.replaceAll('"', '')}"` : `${key}:${value}`

/** The tags that can be searched for. */
export const SEARCHABLE_TAGS: ReadonlySet<string> = new Set(['level', 'release', 'environment'])

export const STATUS_NAMES = {
  unresolved: 'Unresolved',
  resolved: 'Resolved',
  ignored: 'Ignored',
} as const satisfies Record<IssueStatus, string>
