/** How far back a page looks, as it stands in its address. */
export const PERIODS = {
  '24h': { name: '24 h', words: 'the last 24 hours', hours: 24, interval: '1h' },
  '7d': { name: '7 d', words: 'the last 7 days', hours: 7 * 24, interval: '3h' },
  '14d': { name: '14 d', words: 'the last 14 days', hours: 14 * 24, interval: '6h' },
  '30d': { name: '30 d', words: 'the last 30 days', hours: 30 * 24, interval: '1d' },
  '90d': { name: '90 d', words: 'the last 90 days', hours: 90 * 24, interval: '1d' },
} as const

export type Period = keyof typeof PERIODS

export const DEFAULT_PERIOD: Period = '7d'

const HOUR_MS = 3_600_000

const STEPS = { '1h': HOUR_MS, '3h': 3 * HOUR_MS, '6h': 6 * HOUR_MS, '1d': 24 * HOUR_MS } as const

export const stepOf = (period: Period): number => STEPS[PERIODS[period].interval]

export interface PeriodSearch {
  period?: Period
}

const isPeriod = (period: unknown): period is Period => typeof period === 'string' && Object.hasOwn(PERIODS, period)

/** The default is left out of addresses. */
export const readPeriod = ({ period }: Record<string, unknown>): PeriodSearch =>
  isPeriod(period) && period !== DEFAULT_PERIOD ? { period } : {}

/** A word of an address, if it is there and within bounds. */
export const readText = (text: unknown): string | undefined =>
  typeof text === 'string' && text !== '' && text.length <= 250 ? text : undefined

/** The period of the same length before: when it began and ended. */
export const periodBefore = (period: Period, now: number): { start: string; end: string } => {
  const length = PERIODS[period].hours * HOUR_MS
  return { start: new Date(now - 2 * length).toISOString(), end: new Date(now - length).toISOString() }
}
