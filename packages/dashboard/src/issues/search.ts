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

/** How far back the list and its numbers go; the empty one is all that is kept. */
export const PERIODS = {
  '': 'Any time',
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '14d': 'Last 14 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
} as const

/** The state of the list, as it stands in the page's address. */
export interface IssueSearch {
  /** Free words and terms such as `is:unresolved`; absent means the default, empty means everything. */
  query?: string
  /** Number of one project. */
  project?: string
  environment?: string
  /** Such as `7d`; absent means ever. */
  statsPeriod?: string
  sort?: IssueSort
}

/** Reads what stands in the address; what makes no sense is left out. */
export const readIssueSearch = (search: Record<string, unknown>): IssueSearch => ({
  ...(typeof search.query === 'string' && { query: search.query }),
  ...(typeof search.project === 'string' && /^\d+$/.test(search.project) && { project: search.project }),
  ...(typeof search.environment === 'string' &&
    search.environment && { environment: search.environment.slice(0, 200) }),
  ...(isPeriod(search.statsPeriod) && { statsPeriod: search.statsPeriod }),
  ...(isSort(search.sort) && { sort: search.sort }),
})

const isSort = (sort: unknown): sort is IssueSort => typeof sort === 'string' && Object.hasOwn(SORTS, sort)

const isPeriod = (period: unknown): period is string => typeof period === 'string' && /^[1-9]\d{0,3}[hdw]$/.test(period)

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

/** A value as a term of a search can hold it: quoted where it must be, and so can mean nothing else. */
export const termValue = (value: string): string => (/^[\w@./-]+$/.test(value) ? value : quoted(value))

const quoted = (value: string): string => `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`

/** A tag's name as the key of a term. */
export const tagKey = (key: string): string => (KNOWN_TAGS.has(key) ? key : `tags[${key}]`)

/** A term for a tag, such as `release:"shop 1.0"`. */
export const tagTerm = (key: string, value: string): string => `${tagKey(key)}:${termValue(value)}`

/** Whether a search can name the tag. */
export const isSearchable = (key: string): boolean => /^[^\]\s]{1,200}$/.test(key)

export const STATUS_NAMES = {
  unresolved: 'Unresolved',
  resolved: 'Resolved',
  ignored: 'Ignored',
} as const satisfies Record<IssueStatus, string>
