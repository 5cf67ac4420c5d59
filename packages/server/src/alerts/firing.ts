import type { AlertRule } from './rule.ts'
import type { TallyKey } from './tallies.ts'

/** That a rule came true. The same occurrence of the same subject fires once, however often it is found. */
export interface Firing extends TallyKey {
  occurrence: string
  /** Milliseconds since 1970. */
  happenedAt: number
  /** The event that shows it; null when it is about the project or the service. */
  event: { issueId: number; eventId: string } | null
  evidence: Evidence
}

/** What was counted, over how long. */
export interface Evidence {
  events?: number
  users?: number
  minutes?: number
  /** Events of the mean hour of the week before; percent of the day before. */
  usual?: number
  /** Share of what was counted, and how much that was: sessions, frames or values of a vital. */
  percent?: number
  of?: number
  /** What three quarters of the values were no worse than. */
  p75?: number
  /** Failed uploads, dead letters, or requests that wait. */
  count?: number
  /** How many times as fast as it may be the error budget is used up, and over how many hours. */
  rate?: number
  hours?: number
}

const MINUTE_MS = 60_000

/** What makes firings of one period the same. */
export const periodOf = (at: number, { everyMinutes }: Pick<AlertRule, 'everyMinutes'>): string =>
  `period ${Math.floor(at / (everyMinutes * MINUTE_MS))}`

// Whoever was offline for longer tells of what is no news any more.
const LATE_MS = 24 * 3_600_000

/** What comes so late that it counts no more. */
export const isLate = (at: number, receivedAt: number): boolean => receivedAt - at > LATE_MS
