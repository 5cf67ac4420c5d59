import { counted, formatCount } from '../ui/numbers.ts'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
const twoDigits = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 })
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })
const nearlyAll = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 3 })

/** A time that pages take, in milliseconds: `850 ms`, `2.5 s`, `1.2 min`. */
export const formatMs = (ms: number): string => {
  if (ms < SECOND_MS) return `${formatCount(Math.round(ms))} ms`
  if (ms < MINUTE_MS) return `${twoDigits.format(ms / SECOND_MS)} s`
  return `${oneDigit.format(ms / MINUTE_MS)} min`
}

/** A time that people take, in seconds: `40 s`, `12 min`, `3.5 h`, `2 days`. */
export const formatSpan = (seconds: number): string => {
  if (seconds < MINUTE) return `${formatCount(Math.round(seconds))} s`
  if (seconds < HOUR) return `${formatCount(Math.round(seconds / MINUTE))} min`
  if (seconds < 2 * DAY) return `${oneDigit.format(seconds / HOUR)} h`
  return `${oneDigit.format(seconds / DAY)} days`
}

/** A share from 0 to 1; near to all, as crash-free sessions are, with the digits that make the difference. */
export const formatShare = (share: number): string => (share > 0.99 && share < 1 ? nearlyAll : percent).format(share)

export const formatShareOrNone = (share: number | null): string => (share === null ? '–' : formatShare(share))

const BYTES = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte']

export const formatBytes = (bytes: number): string => {
  if (bytes < 1000) return counted(bytes, 'byte')
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), BYTES.length)
  const format = { style: 'unit', unit: BYTES[power - 1]!, maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(undefined, format).format(bytes / 1000 ** power)
}

export interface Change {
  text: string
  direction: 'up' | 'down' | 'same'
}

/** How a share differs from the one before, in percentage points: `+0.3 pp`. */
export const changeOfShare = (now: number | null, before: number | null): Change | undefined => {
  if (now === null || before === null) return undefined
  const points = (now - before) * 100
  if (Math.abs(points) < 0.005) return { text: 'unchanged', direction: 'same' }
  return {
    text: `${points > 0 ? '+' : '−'}${twoDigits.format(Math.abs(points))} pp`,
    direction: points > 0 ? 'up' : 'down',
  }
}

/** How a number differs from the one before, as a share of it: `+12 %`. */
export const changeOfNumber = (now: number | null, before: number | null): Change | undefined => {
  if (now === null || before === null || before === 0) return undefined
  const share = now / before - 1
  if (Math.abs(share) < 0.005) return { text: 'unchanged', direction: 'same' }
  return { text: `${share > 0 ? '+' : '−'}${percent.format(Math.abs(share))}`, direction: share > 0 ? 'up' : 'down' }
}
