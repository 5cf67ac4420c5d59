import { type PeriodSearch, readPeriod, readText } from '../figures/period.ts'

export interface IngestSearch extends PeriodSearch {
  /** Kind of what came in; absent: all. */
  category?: string
}

export const readIngestSearch = (search: Record<string, unknown>): IngestSearch => {
  const category = readText(search.category)
  return { ...readPeriod(search), ...(category !== undefined && { category }) }
}
