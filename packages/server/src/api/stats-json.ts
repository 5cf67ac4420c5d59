import type { Period, Tally } from '../ports/issue-search.ts'
import type { StatsJson } from './shapes.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How far back, and in what steps. */
const SPANS = {
  '24h': { steps: 24, stepMs: HOUR_MS },
  '14d': { steps: 14, stepMs: DAY_MS },
  '30d': { steps: 30, stepMs: DAY_MS },
}

export const GRAINS = ['24h', '14d', '30d'] as const satisfies readonly (keyof typeof SPANS)[]
export type Grain = (typeof GRAINS)[number]

/** Counts in steps of equal length that begin at whole hours or days (UTC), with zeros where nothing happened. */
export const inSteps = (tallies: readonly Tally[], { from, to }: Period, stepMs: number): [number, number][] => {
  const first = Math.floor(from / stepMs) * stepMs
  const steps = Array.from({ length: Math.ceil((to - first) / stepMs) }, (_, index): [number, number] => [
    (first + index * stepMs) / 1000,
    0,
  ])
  for (const { at, count } of tallies) {
    const step = steps[Math.floor((at - first) / stepMs)]
    if (step) step[1] += count
  }
  return steps
}

const periodOfGrain = (grain: Grain, now: number): Period => {
  const { steps, stepMs } = SPANS[grain]
  const to = (Math.floor(now / stepMs) + 1) * stepMs
  return { from: to - steps * stepMs, to }
}

/** What Sentry calls the stats of issues: pairs of seconds since 1970 and events. */
export const statsOf = async (
  grain: Grain,
  now: number,
  read: (period: Period) => Promise<ReadonlyMap<number, readonly Tally[]>>,
): Promise<Map<number, StatsJson>> => {
  const period = periodOfGrain(grain, now)
  const stats = new Map<number, StatsJson>()
  for (const [id, tallies] of await read(period))
    stats.set(id, { [grain]: inSteps(tallies, period, SPANS[grain].stepMs) })
  return stats
}
