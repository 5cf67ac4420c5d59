import { type Period, PERIODS } from '../figures/period.ts'

/** Sessions are kept one by one for five weeks, so that releases are compared within them. */
export const RELEASE_PERIODS = ['24h', '7d', '14d', '30d'] as const satisfies readonly Period[]

export const DEFAULT_RELEASE_PERIOD = '24h'

export const CHANGES = { new: 'New', regressed: 'Came back', resolved: 'Resolved' } as const
export type IssueChange = keyof typeof CHANGES

export interface ReleasesSearch {
  period?: (typeof RELEASE_PERIODS)[number]
  /** Part of a version. */
  query?: string
  /** Which issues the page of one release lists. */
  change?: IssueChange
}

const isChange = (change: unknown): change is IssueChange =>
  typeof change === 'string' && Object.hasOwn(CHANGES, change)

export const readReleasesSearch = ({ period, query, change }: Record<string, unknown>): ReleasesSearch => {
  const known = RELEASE_PERIODS.find((one) => one === period)
  return {
    ...(known && known !== DEFAULT_RELEASE_PERIOD && { period: known }),
    ...(typeof query === 'string' && query !== '' && { query: query.slice(0, 200) }),
    ...(isChange(change) && change !== 'new' && { change }),
  }
}

export const hoursOf = (period: Period): string => String(PERIODS[period].hours)
