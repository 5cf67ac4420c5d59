import { expect, test } from 'vitest'
import { isRising, nextRate, priorityLevel, priorityOf, trendOf, type Rate } from '../src/issues/priority.ts'
import { NOON } from './harness.ts'

const HOUR = 3_600_000
const NOTHING: Rate = { recent: 0, usual: 0, at: NOON }

/** So many events an hour for so long. */
const steadily = (perHour: number, hours: number): Rate => {
  let rate = NOTHING
  for (let hour = 1; hour <= hours; hour += 1) rate = nextRate(rate, perHour, NOON + hour * HOUR)
  return rate
}

test('the trend is about 1 for what goes on as it did, far above for a burst, and nearly 0 for what has stopped', () => {
  const steady = steadily(50, 24 * 7)
  expect(trendOf(steady)).toBeGreaterThan(0.8)
  expect(trendOf(steady)).toBeLessThan(1.6)
  expect(trendOf(nextRate(steady, 2000, steady.at + HOUR))).toBeGreaterThan(8)
  expect(trendOf(nextRate(steady, 0, steady.at + 24 * HOUR))).toBeLessThan(0.01)
  expect(trendOf(nextRate(NOTHING, 1, NOON))).toBe(24)
})

test('a rate is the same whether events come one by one or together', () => {
  const together = nextRate(NOTHING, 100, NOON + HOUR)
  let oneByOne = NOTHING
  for (let event = 0; event < 100; event += 1) oneByOne = nextRate(oneByOne, 1, NOON + HOUR)
  expect(oneByOne.recent).toBeCloseTo(together.recent)
  expect(oneByOne.usual).toBeCloseTo(together.usual)
})

test('events that arrive late do not turn time back', () => {
  const rate = nextRate(NOTHING, 10, NOON + HOUR)
  expect(nextRate(rate, 1, NOON)).toEqual({ recent: 11, usual: 11, at: NOON + HOUR })
})

test('more severe, more people, more of it: each alone makes an issue more urgent', () => {
  const base = { severity: 'medium' as const, users: 20, rate: steadily(5, 72) }
  const priority = priorityOf(base)
  expect(priorityOf({ ...base, severity: 'high' })).toBeGreaterThan(priority)
  expect(priorityOf({ ...base, severity: 'low' })).toBeLessThan(priority)
  expect(priorityOf({ ...base, users: 200 })).toBeGreaterThan(priority)
  expect(priorityOf({ ...base, rate: nextRate(base.rate, 500, base.rate.at + HOUR) })).toBeGreaterThan(priority)
})

test('stays within 0 and 100, and its words follow', () => {
  const most = priorityOf({ severity: 'critical', users: 1e6, rate: nextRate(NOTHING, 1e6, NOON) })
  const least = priorityOf({ severity: 'low', users: 0, rate: NOTHING })
  expect([most, priorityLevel(most)]).toEqual([100, 'high'])
  expect(least).toBeGreaterThanOrEqual(0)
  expect([priorityLevel(least), priorityLevel(30), priorityLevel(59), priorityLevel(60)]).toEqual([
    'low',
    'medium',
    'medium',
    'high',
  ])
})

test('is looked at again only while it counts on events that may stop', () => {
  expect(isRising(nextRate(NOTHING, 1, NOON))).toBe(true)
  expect(isRising(steadily(50, 24 * 7))).toBe(false)
})
