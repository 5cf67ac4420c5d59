import { formatVital, isVital, VITALS } from '../vitals/vital.ts'

/** The name of the context that the SDK's vitals stand in. */
export const PAGE_VITALS = 'vitals'

/** What had been measured of the page load when the event happened, as the page shows it. */
export const pageVitals = (context: unknown): [string, string][] =>
  Object.entries(context ?? {}).flatMap(([vital, measured]) => {
    const { value } = (measured ?? {}) as { value?: unknown }
    return isVital(vital) && typeof value === 'number' ? [[VITALS[vital].name, formatVital(vital, value)]] : []
  })
