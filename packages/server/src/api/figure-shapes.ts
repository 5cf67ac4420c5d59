// The bodies of what is kept as numbers. Dates are ISO 8601, values milliseconds (but for `cls`), shares from 0 to 1.
import type { OutcomeJson } from './ingest-shapes.ts'

/** How many values are good, middling and poor by Google's limits. */
export interface RatingsJson {
  good: number
  needsImprovement: number
  poor: number
}

/** Values together; quantiles are 0 where there are none, `ratings` null for what has no limits, such as `duration`. */
export interface MeasuredJson {
  count: number
  p50: number
  p75: number
  p95: number
  ratings: RatingsJson | null
}

export interface DistributionJson extends MeasuredJson {
  group: string
}

/** Values by the element that was to blame. */
export interface BlamedJson extends MeasuredJson {
  page: string
  target: string
}

/** Values over time; a step without values is null. */
export interface MeasurementSeriesJson {
  start: string
  end: string
  /** Where each step begins. */
  intervals: string[]
  /** Up to where a value is good, and from where on it is poor. */
  limits: { good: number; poor: number } | null
  all: MeasuredJson
  steps: (MeasuredJson | null)[]
}

/** Sessions over time, by the release with the most of them first. */
export interface SessionSeriesJson {
  start: string
  end: string
  intervals: string[]
  releases: { release: string; total: number; sessions: number[]; crashed: number[] }[]
}

/** What became of what came in, over time; the most frequent first. */
export interface OutcomeSeriesJson {
  start: string
  end: string
  intervals: string[]
  groups: (Omit<OutcomeJson, 'hour' | 'quantity'> & { total: number; series: number[] })[]
}

/** What waits to be digested, of all projects together. */
export interface InboxJson {
  /** Not less than there are. */
  waiting: number
  /** That they take on disk. */
  bytes: number
  /** When the oldest of them came; null when nothing waits. */
  oldest: string | null
}
