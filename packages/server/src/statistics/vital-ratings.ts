import type { Ratings } from '../ports/figures.ts'

/** Up to where a value is good, and from where on it is poor. */
export interface Limits {
  good: number
  poor: number
}

// Google's (web.dev/articles/vitals, checked 2026-11). Milliseconds, but for cls.
const LIMITS = new Map<string, Limits>([
  ['lcp', { good: 2500, poor: 4000 }],
  ['inp', { good: 200, poor: 500 }],
  ['cls', { good: 0.1, poor: 0.25 }],
  ['fcp', { good: 1800, poor: 3000 }],
  ['ttfb', { good: 800, poor: 1800 }],
])

/** Undefined for what has no limits, such as durations. */
export const limitsOf = (name: string): Limits | undefined => LIMITS.get(name)

const ratingOf = (value: number, { good, poor }: Limits): keyof Ratings =>
  value <= good ? 'good' : value <= poor ? 'needsImprovement' : 'poor'

/** How many of these values are good, middling and poor. */
export const rate = (name: string, values: Iterable<{ value: number; quantity: number }>): Ratings | null => {
  const limits = limitsOf(name)
  if (!limits) return null
  const ratings: Ratings = { good: 0, needsImprovement: 0, poor: 0 }
  for (const { value, quantity } of values) ratings[ratingOf(value, limits)] += quantity
  return ratings
}
