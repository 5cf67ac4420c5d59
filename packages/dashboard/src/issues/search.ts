import type { IssueStatus } from '@foghorn/server'

export const STATUS_FILTERS = ['unresolved', 'resolved', 'ignored', 'all'] as const
export type StatusFilter = (typeof STATUS_FILTERS)[number]

export const SORTS = {
  date: 'Last seen',
  new: 'First seen',
  freq: 'Most events',
  user: 'Most users',
  priority: 'Priority',
} as const
export type IssueSort = keyof typeof SORTS

/** What the list shows when nothing was asked for. */
export const DEFAULT_QUERY = 'is:unresolved'

/** The state of the list, as it stands in the page's address. */
export interface IssueSearch {
  /** Free words and terms such as `is:unresolved`; absent means the default, empty means everything. */
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

/** Tags that the service itself gives events, which are keys of the search. */
const KNOWN_TAGS: ReadonlySet<string> = new Set([
  'level',
  'release',
  'environment',
  'browser',
  'os',
  'device',
  'category',
  'severity',
])

const quoted = (value: string): string => `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`

/** A term for a tag, such as `release:"shop 1.0"`: its value is quoted where it must be, and so can mean nothing else. */
export const tagTerm = (key: string, value: string): string =>
  `${KNOWN_TAGS.has(key) ? key : `tags[${key}]`}:${/^[\w@./-]+$/.test(value) ? value : quoted(value)}`

/** Whether a search can name the tag. */
export const isSearchable = (key: string): boolean => /^[^\]\s]{1,200}$/.test(key)

export const STATUS_NAMES = {
  unresolved: 'Unresolved',
  resolved: 'Resolved',
  ignored: 'Ignored',
} as const satisfies Record<IssueStatus, string>
