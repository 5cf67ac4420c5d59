import { type PeriodSearch, readPeriod, readText } from '../figures/period.ts'
import { isVital, type Vital } from './vital.ts'

/** By what loads are told apart. */
export const GROUPS = {
  page: 'Page',
  device: 'Device',
  browser: 'Browser',
  release: 'Release',
  environment: 'Environment',
} as const

export type Group = keyof typeof GROUPS

export type Narrowing = { [group in Group]?: string }

/** What the page shows, as it stands in its address; absent means LCP of all loads by page. */
export interface VitalsSearch extends PeriodSearch, Narrowing {
  vital?: Vital
  by?: Group
}

const isGroup = (group: unknown): group is Group => typeof group === 'string' && Object.hasOwn(GROUPS, group)

const readNarrowing = (search: Record<string, unknown>): Narrowing =>
  Object.fromEntries(
    (Object.keys(GROUPS) as Group[]).flatMap((group) => {
      const value = readText(search[group])
      return value === undefined ? [] : [[group, value]]
    }),
  )

export const readVitalsSearch = (search: Record<string, unknown>): VitalsSearch => ({
  ...readPeriod(search),
  ...readNarrowing(search),
  ...(isVital(search.vital) && search.vital !== 'lcp' && { vital: search.vital }),
  ...(isGroup(search.by) && search.by !== 'page' && { by: search.by }),
})

export const narrowingOf = (search: VitalsSearch): Narrowing => readNarrowing({ ...search })
