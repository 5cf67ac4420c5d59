import { afterEach, describe, expect, test } from 'vitest'
import { formatStep, formatTick, marksByStep, stack, topOf } from '../src/ui/chart/chart-data.ts'
import { saveTimeZone } from '../src/ui/time-zone.ts'

afterEach(() => saveTimeZone(undefined))

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MIDNIGHT = Date.parse('2026-11-21T00:00:00Z')

const series = (...rows: (number | null)[][]) =>
  rows.map((values, at) => ({ name: String(at), color: '--chart-1' as const, values }))

test('bars stand on those before them, and are left out where they add nothing', () => {
  const drawn = stack({ kind: 'bars', series: series([1, 0, 2], [3, 4, null], [0, 1, 1]) })
  expect(drawn).toEqual([
    [1, null, 2],
    [4, 4, null],
    [null, 5, 3],
  ])
})

test('lines are drawn as they are, with gaps where nothing was measured', () => {
  expect(stack({ kind: 'lines', series: series([1, null, 2]) })).toEqual([[1, null, 2]])
})

test('the axis leaves room above the data, and shows where the first band ends', () => {
  expect(topOf([[10, 20]])).toBeCloseTo(22)
  expect(topOf([[10, 20]], [{ name: 'Good', color: '--good', from: 0, to: 100 }])).toBe(130)
  expect(topOf([[null], []])).toBe(1)
})

test('a mark belongs to the step that it falls in', () => {
  const marks = [
    { name: 'deploy', at: MIDNIGHT + HOUR - 1 },
    { name: 'release', at: MIDNIGHT + HOUR },
  ]
  const content = { times: [MIDNIGHT, MIDNIGHT + HOUR], stepMs: HOUR, marks, series: [], kind: 'bars' as const }
  const found = marksByStep({ ...content, format: String })
  expect(found.map((step) => step.map(({ name }) => name))).toEqual([['deploy'], ['release']])
})

describe('steps', () => {
  test('of days are those of UTC, wherever the reader is', () => {
    saveTimeZone('America/Los_Angeles')
    expect(formatTick(MIDNIGHT, DAY)).toContain('21')
    expect(formatStep(MIDNIGHT, DAY)).toContain('21')
  })

  test('of hours are in the zone that the reader chose, with the day where it begins', () => {
    saveTimeZone('Asia/Tokyo')
    expect(formatTick(MIDNIGHT, HOUR)).toContain('9')
    expect(formatTick(MIDNIGHT + 15 * HOUR, HOUR)).toContain('22')
    saveTimeZone('UTC')
    expect(formatTick(MIDNIGHT, HOUR)).toContain('21')
  })
})
