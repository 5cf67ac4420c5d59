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

/** Steps of days are those of UTC, as the service counts; shorter ones are shown in local time. */
export const zoneOf = (stepMs: number): 'UTC' | undefined => (stepMs >= DAY_MS ? 'UTC' : undefined)

/** What is drawn for each series: of bars the sum with all before it, so that they stand on each other. */
export const stack = ({ kind, series }: Pick<ChartContent, 'kind' | 'series'>): (number | null)[][] => {
  if (kind === 'lines') return series.map(({ values }) => [...values])
  const sums = series[0]?.values.map(() => 0) ?? []
  return series.map(({ values }) => values.map((value, index) => (sums[index] = (sums[index] ?? 0) + (value ?? 0))))
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

const clockTime = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const dayTime = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
})
const localDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const utcDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' })
const utcDate = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

/** A step in words: `Sat, 21 Nov, 14:00`, or the day alone. */
export const formatStep = (time: number, stepMs: number): string =>
  zoneOf(stepMs) === 'UTC' ? utcDate.format(time) : dayTime.format(time)

/** A label below the axis: hours, and days where they begin. */
export const formatTick = (time: number, stepMs: number): string => {
  if (zoneOf(stepMs) === 'UTC') return utcDay.format(time)
  const date = new Date(time)
  return date.getHours() === 0 && date.getMinutes() === 0 ? localDay.format(date) : clockTime.format(date)
}
