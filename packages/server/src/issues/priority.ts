// How urgent an issue is: how severe, how many people meet it, and whether it is on the rise.
import type { Severity } from '../ingest/classify.ts'

export const PRIORITY_LEVELS = ['low', 'medium', 'high'] as const
export type PriorityLevel = (typeof PRIORITY_LEVELS)[number]

const HIGH = 60
const MEDIUM = 30

export const priorityLevel = (priority: number): PriorityLevel =>
  priority >= HIGH ? 'high' : priority >= MEDIUM ? 'medium' : 'low'

/** What a priority that a person sets counts in a sorted list. */
export const SET_PRIORITY: Record<PriorityLevel, number> = { low: 15, medium: 45, high: 80 }

/** Events of the last hours and of the last days, each fading by half in its time. */
export interface Rate {
  recent: number
  usual: number
  /** Milliseconds since 1970. */
  at: number
}

const HOUR_MS = 3_600_000
const RECENT_HALF_LIFE_MS = HOUR_MS
const USUAL_HALF_LIFE_MS = 24 * HOUR_MS

const faded = (amount: number, halfLifeMs: number, elapsedMs: number): number =>
  amount * 2 ** (-Math.max(0, elapsedMs) / halfLifeMs)

/** The rate later on, with what came meanwhile. Work and memory do not grow with the number of events. */
export const nextRate = (rate: Rate, times: number, now: number): Rate => ({
  recent: faded(rate.recent, RECENT_HALF_LIFE_MS, now - rate.at) + times,
  usual: faded(rate.usual, USUAL_HALF_LIFE_MS, now - rate.at) + times,
  at: Math.max(rate.at, now),
})

/** 1 for an issue that goes on as it did; up to 24 for one that comes all at once. */
export const trendOf = ({ recent, usual }: Rate): number =>
  usual < 1e-6 ? 0 : ((recent / usual) * USUAL_HALF_LIFE_MS) / RECENT_HALF_LIFE_MS

const WEIGHT: Record<Severity, number> = { critical: 1, high: 0.8, medium: 0.55, low: 0.2 }

// 1,000 people are as urgent as it gets.
const FULL_REACH = Math.log2(1 + 1000)
const NOBODY = 0.35
const RISING = 2

export interface Urgency {
  severity: Severity
  users: number
  rate: Rate
}

/** From 0 to 100: severity times reach times trend. An issue nobody is known to have met still has some reach. */
export const priorityOf = ({ severity, users, rate }: Urgency): number => {
  const reach = NOBODY + (1 - NOBODY) * Math.min(1, Math.log2(1 + users) / FULL_REACH)
  const trend = 0.6 + 0.4 * Math.min(1, Math.log2(1 + trendOf(rate)) / Math.log2(1 + 24))
  return Math.round(100 * WEIGHT[severity] * reach * trend)
}

/** Whether the priority counts events that may stop, and so has to be looked at again without any. */
export const isRising = (rate: Rate): boolean => trendOf(rate) > RISING

export const CALM_AFTER_MS = 3 * HOUR_MS
