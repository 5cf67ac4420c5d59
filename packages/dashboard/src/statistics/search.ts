import { type PeriodSearch, readPeriod } from '../figures/period.ts'

/** By what events are told apart. */
export const DIMENSIONS = {
  severity: 'Severity',
  level: 'Level',
  category: 'Category',
  browser: 'Browser',
  environment: 'Environment',
} as const

export type Dimension = keyof typeof DIMENSIONS

export interface StatisticsSearch extends PeriodSearch {
  by?: Dimension
}

const isDimension = (by: unknown): by is Dimension => typeof by === 'string' && Object.hasOwn(DIMENSIONS, by)

export const readStatisticsSearch = (search: Record<string, unknown>): StatisticsSearch => ({
  ...readPeriod(search),
  ...(isDimension(search.by) && search.by !== 'severity' && { by: search.by }),
})
