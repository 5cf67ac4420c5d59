import { timeZone } from './time-zone.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

// The interface speaks English; dates and numbers follow the reader's locale.
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'short' })

const STEPS: [unit: Intl.RelativeTimeFormatUnit, ms: number, until: number][] = [
  ['minute', MINUTE, HOUR],
  ['hour', HOUR, 36 * HOUR],
  ['day', DAY, 60 * DAY],
  ['month', 30.44 * DAY, 18 * 30.44 * DAY],
  ['year', 365.25 * DAY, Number.POSITIVE_INFINITY],
]

/** How long ago something was, in milliseconds, for people: `5 min. ago`. Clocks may differ, so the near future is now. */
export const formatAge = (elapsedMs: number): string => {
  if (elapsedMs < 45 * SECOND) return 'just now'
  const [unit, ms] = STEPS.find(([, , until]) => elapsedMs < until) ?? (['year', 365.25 * DAY] as const)
  return relative.format(-Math.max(1, Math.round(elapsedMs / ms)), unit)
}

/** Time before an event: `-1.2 s`, `-3:05 min`. */
export const formatLead = (ms: number): string => {
  const sign = ms < 0 ? '+' : '-'
  const size = Math.abs(ms)
  if (size < SECOND) return `${sign}${Math.round(size)} ms`
  if (size < MINUTE) return `${sign}${(size / SECOND).toFixed(1)} s`
  if (size < HOUR) return `${sign}${clock(size / MINUTE, size / SECOND)} min`
  return `${sign}${clock(size / HOUR, size / MINUTE)} h`
}

const clock = (whole: number, parts: number): string =>
  `${Math.floor(whole)}:${String(Math.floor(parts) % 60).padStart(2, '0')}`

/** Local time with its zone, and UTC beside it. */
export const formatMoment = (date: Date): string =>
  `${date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long', timeZone: timeZone() })} (${date.toISOString().slice(0, 19).replace('T', ' ')} UTC)`
