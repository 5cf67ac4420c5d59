import * as v from 'valibot'
import type { Period } from '../ports/issue-search.ts'
import type { Steps } from '../ports/figures.ts'
import { invalidField } from './invalid-input.ts'
import { iso } from './issue-json.ts'
import { periodOf } from './period.ts'
import { inSteps } from './stats-json.ts'

const HOUR_MS = 3_600_000

export const STEPS = { '1h': HOUR_MS, '3h': 3 * HOUR_MS, '6h': 6 * HOUR_MS, '1d': 24 * HOUR_MS } as const
export type Step = keyof typeof STEPS
export const StepName = v.optional(
  v.picklist(Object.keys(STEPS) as Step[], `must be one of ${Object.keys(STEPS).join(', ')}`),
  '1h',
)

const DEFAULT_PERIOD = '24h'
const STEPS_AT_MOST = 2200

type Named = Parameters<typeof periodOf>[0]

/** A period in which the answer stays small. */
export const boundedPeriod = (named: Named, now: number, stepMs: number): Period => {
  const period = periodOf(named, now) ?? periodOf({ statsPeriod: DEFAULT_PERIOD }, now)!
  if ((period.to - period.from) / stepMs > STEPS_AT_MOST)
    throw invalidField(
      'interval',
      `The period has more than ${STEPS_AT_MOST} steps. Ask for 1d, or for a shorter period.`,
    )
  return period
}

export const boundedSteps = ({ interval, ...named }: Named & { interval: Step }, now: number): Steps => {
  const stepMs = STEPS[interval]
  return { period: boundedPeriod(named, now, stepMs), stepMs }
}

/** Where each step begins, in milliseconds since 1970. */
export const beginnings = ({ period, stepMs }: Steps): number[] =>
  inSteps([], period, stepMs).map(([seconds]) => seconds * 1000)

/** What the answers of all series have in common. */
export const frameJson = (steps: Steps): { start: string; end: string; intervals: string[] } => ({
  start: iso(steps.period.from),
  end: iso(steps.period.to),
  intervals: beginnings(steps).map(iso),
})
