import type { AlertRule } from './rule.ts'

const MINUTE_MS = 60_000
const MINUTES_PER_DAY = 24 * 60
const PERIOD_MINUTES = { hour: 60, day: MINUTES_PER_DAY, week: 7 * MINUTES_PER_DAY } as const
// 1970 began on a Thursday, weeks begin on Mondays.
const FIRST_MONDAY_MS = 4 * MINUTES_PER_DAY * MINUTE_MS

type Quiet = NonNullable<AlertRule['quiet']>

const minutesOf = (time: string): number => {
  const [hours, minutes] = time.split(':').map(Number)
  return hours! * 60 + minutes!
}

/** The minute of the day that clocks show in a time zone. */
const minuteOfDay = (at: number, timeZone: string): number => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return minutesOf(format.format(at))
}

/** Minutes until quiet hours end; 0 outside of them. They may lie over midnight. */
const quietFor = (at: number, { from, to, timeZone }: Quiet): number => {
  const [begin, end, now] = [minutesOf(from), minutesOf(to), minuteOfDay(at, timeZone)]
  const sinceBegin = (now - begin + MINUTES_PER_DAY) % MINUTES_PER_DAY
  const length = (end - begin + MINUTES_PER_DAY) % MINUTES_PER_DAY
  return sinceBegin < length ? length - sinceBegin : 0
}

const wholeMinute = (at: number): number => Math.floor(at / MINUTE_MS) * MINUTE_MS

const afterQuiet = (at: number, quiet: Quiet | undefined): number => {
  const minutes = quiet ? quietFor(at, quiet) : 0
  return minutes === 0 ? at : wholeMinute(at) + minutes * MINUTE_MS
}

const endOfPeriod = (at: number, digest: AlertRule['digest']): number => {
  if (digest === undefined) return at
  const period = PERIOD_MINUTES[digest] * MINUTE_MS
  return FIRST_MONDAY_MS + (Math.floor((at - FIRST_MONDAY_MS) / period) + 1) * period
}

/** When people are told of what is to be told at a time: with the digest, and not in quiet hours. Periods are those of UTC. */
export const dueAt = (at: number, { quiet, digest }: Pick<AlertRule, 'quiet' | 'digest'>): number =>
  afterQuiet(endOfPeriod(at, digest), quiet)
