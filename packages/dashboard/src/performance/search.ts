import { type PeriodSearch, readPeriod, readText } from '../figures/period.ts'

export interface PerformanceSearch extends PeriodSearch {
  /** The transaction whose times are drawn; absent: all. */
  page?: string
}

export const readPerformanceSearch = (search: Record<string, unknown>): PerformanceSearch => {
  const page = readText(search.page)
  return { ...readPeriod(search), ...(page !== undefined && { page }) }
}
