import { expect, test } from 'vitest'
import { formatAge, formatLead, formatMoment } from '../src/ui/time.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.each([
  [-5 * MINUTE, 'just now'],
  [44_000, 'just now'],
  [MINUTE, '1 min. ago'],
  [59 * MINUTE, '59 min. ago'],
  [HOUR, '1 hr. ago'],
  [30 * HOUR, '30 hr. ago'],
  [36 * HOUR, '2 days ago'],
  [59 * DAY, '59 days ago'],
  [61 * DAY, '2 mo. ago'],
  [3 * 365 * DAY, '3 yr. ago'],
])('%i ms ago reads %o', (elapsed, age) => {
  expect(formatAge(elapsed)).toBe(age)
})

test.each([
  [300, '-300 ms'],
  [12_340, '-12.3 s'],
  [3 * MINUTE + 5_000, '-3:05 min'],
  [2 * HOUR + 4 * MINUTE, '-2:04 h'],
  [-1_000, '+1.0 s'],
])('%i ms before the event reads %o', (ms, lead) => {
  expect(formatLead(ms)).toBe(lead)
})

test('a moment names UTC beside the local time', () => {
  expect(formatMoment(new Date('2026-11-21T03:04:05Z'))).toContain('(2026-11-21 03:04:05 UTC)')
})
