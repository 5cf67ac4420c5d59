import { quantile } from '../statistics/buckets.ts'
import { SEVERITY } from '../statistics/severity.ts'
import type { Evidence } from './firing.ts'
import type { Histogram } from './grades.ts'
import type { Trigger } from './trigger.ts'

type TriggerOf<When extends Trigger['when']> = Extract<Trigger, { when: When }>

/** How many are at least so bad. */
const countOf = (histogram: Histogram, least = 0): number => {
  let sum = 0
  for (const [grade, quantity] of histogram) if (grade >= least) sum += quantity
  return sum
}

/** Percent of what is at least so bad; undefined when nothing is known. */
const badPercent = (histogram: Histogram, least = 1): number | undefined => {
  const of = countOf(histogram)
  return of === 0 ? undefined : (countOf(histogram, least) * 100) / of
}

const p75Of = (histogram: Histogram): number => {
  const buckets = [...histogram].map(([bucket, quantity]) => ({ bucket, quantity }))
  return quantile(
    buckets.toSorted((a, b) => a.bucket - b.bucket),
    0.75,
  )
}

const judgeFrames = (
  { percent: limit, risenBy }: TriggerOf<'unresolved-frames'>,
  histogram: Histogram,
  before: Histogram,
): Evidence | undefined => {
  const percent = badPercent(histogram)!
  if (percent <= limit) return undefined
  if (risenBy === undefined) return { percent }
  // A project's first day has nothing to rise from.
  const usual = badPercent(before)
  return usual !== undefined && percent - usual >= risenBy ? { percent, usual } : undefined
}

/** What is bad about what was counted within a window, beside the day before it; undefined when that is within bounds. */
const judgeShare = (trigger: Trigger, histogram: Histogram, before: Histogram): Evidence | undefined => {
  if (trigger.when === 'unresolved-frames') return judgeFrames(trigger, histogram, before)
  if (trigger.when === 'error-rate') {
    const percent = badPercent(histogram)!
    return percent > trigger.percent ? { percent } : undefined
  }
  if (trigger.when === 'crash-free') {
    const percent = 100 - badPercent(histogram, SEVERITY.crashed)!
    return percent < trigger.percent ? { percent } : undefined
  }
  if (trigger.when !== 'web-vital') return undefined
  const p75 = p75Of(histogram)
  return p75 > trigger.above ? { p75 } : undefined
}

/** The evidence that a window shows what a trigger waits for; undefined when it does not. */
export const judge = (trigger: Trigger, histogram: Histogram, before: Histogram): Evidence | undefined => {
  if ('count' in trigger) {
    const count = countOf(histogram, 1)
    return count >= trigger.count ? { count } : undefined
  }
  const of = countOf(histogram)
  if (!('atLeast' in trigger) || of < trigger.atLeast) return undefined
  const found = judgeShare(trigger, histogram, before)
  return found && { ...found, of }
}
