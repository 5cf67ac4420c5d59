import { timeZone } from '../time-zone.ts'

/** A custom property of the theme, such as `--chart-1` or `--error`. */
export type ChartColor = `--${string}`

export interface ChartSeries {
  name: string
  color: ChartColor
  /** One for each time; null where nothing was measured. */
  values: readonly (number | null)[]
}

/** A stretch of the vertical axis that means something, such as what counts as good. */
export interface ChartBand {
  name: string
  color: ChartColor
  from: number
  to: number
}

/** Something that happened, such as a deploy. */
export interface ChartMark {
  name: string
  /** Milliseconds since 1970. */
  at: number
}

export interface ChartContent {
  /** Where each step begins, in milliseconds since 1970. */
  times: readonly number[]
  stepMs: number
  series: readonly ChartSeries[]
  /** Bars stand on each other. */
  kind: 'lines' | 'bars'
  bands?: readonly ChartBand[]
  marks?: readonly ChartMark[]
  format: (value: number) => string
}

const DAY_MS = 24 * 3_600_000

export const isOfDays = (stepMs: number): boolean => stepMs >= DAY_MS

/** Steps of days are those of UTC, as the service counts; shorter ones are shown in the reader's zone. */
export const zoneOf = (stepMs: number): string | undefined => (isOfDays(stepMs) ? 'UTC' : timeZone())

/** What is drawn for each series: of bars the sum with all before it, so that they stand on each other; nothing where it adds nothing. */
export const stack = ({ kind, series }: Pick<ChartContent, 'kind' | 'series'>): (number | null)[][] => {
  if (kind === 'lines') return series.map(({ values }) => [...values])
  const sums = series[0]?.values.map(() => 0) ?? []
  return series.map(({ values }) =>
    values.map((value, index) => (value ? (sums[index] = (sums[index] ?? 0) + value) : null)),
  )
}

/** Marks within each step. */
export const marksByStep = ({ times, stepMs, marks = [] }: ChartContent): ChartMark[][] =>
  times.map((time) => marks.filter(({ at }) => at >= time && at < time + stepMs))

/**
 * The largest value of the vertical axis: room above the data, and so much of the bands that the limit of the first can be
 * seen.
 */
export const topOf = (drawn: readonly (readonly (number | null)[])[], bands: readonly ChartBand[] = []): number => {
  const highest = Math.max(0, ...drawn.flat().map((value) => value ?? 0))
  return Math.max(highest * 1.1, (bands[0]?.to ?? 0) * 1.3) || 1
}

/** A day of a step, or a moment of it. */
const STEP_FORMATS = {
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  moment: { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
  dayTick: { day: 'numeric', month: 'short' },
  clockTick: { hour: 'numeric', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

// Making one takes longer than using it a hundred times.
const formats = new Map<string, Intl.DateTimeFormat>()

const format = (name: keyof typeof STEP_FORMATS, time: number, zone: string | undefined): string => {
  const key = `${name} ${zone}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(undefined, { ...STEP_FORMATS[name], timeZone: zone })
  formats.set(key, known)
  return known.format(time)
}

const clock = (zone: string | undefined): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone })

/** A step in words: `Sat, 21 Nov, 14:00`, or the day alone. */
export const formatStep = (time: number, stepMs: number): string =>
  format(isOfDays(stepMs) ? 'day' : 'moment', time, zoneOf(stepMs))

/** A label below the axis: hours, and days where they begin. */
export const formatTick = (time: number, stepMs: number): string => {
  const zone = zoneOf(stepMs)
  const isDay = isOfDays(stepMs) || clock(zone).format(time) === '00:00'
  return format(isDay ? 'dayTick' : 'clockTick', time, zone)
}
