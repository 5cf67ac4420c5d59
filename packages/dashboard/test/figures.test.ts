import type { DistributionJson, OutcomeSeriesJson, ReleaseJson, StatisticsJson } from '@foghorn/server'
import { describe, expect, test } from 'vitest'
import { keepWithin } from '../src/figures/figures-query.ts'
import { periodBefore, readPeriod } from '../src/figures/period.ts'
import { ratingOf } from '../src/figures/rating.tsx'
import { changeOfNumber, changeOfShare, formatBytes, formatMs, formatShare, formatSpan } from '../src/figures/units.ts'
import { byOutcome, categoriesOf } from '../src/ingest/outcomes.ts'
import { sorted } from '../src/performance/sort.ts'
import { marksOf } from '../src/releases/marks.ts'
import { byEnd, byRelease } from '../src/releases/session-series.ts'
import { readReleasesSearch } from '../src/releases/search.ts'
import { readScript } from '../src/source-maps/check.ts'
import { leftByDay, toneOf } from '../src/statistics/burn.ts'
import { sharesOf } from '../src/statistics/shares.ts'
import { readVitalsSearch } from '../src/vitals/search.ts'

// Numbers are written as the reader's locale does.
const n = (value: number, options: Intl.NumberFormatOptions = {}): string =>
  new Intl.NumberFormat(undefined, options).format(value)

const percent = (share: number, digits: number): string => n(share, { style: 'percent', maximumFractionDigits: digits })

describe('units', () => {
  test.each([
    [formatMs(850.4), '850 ms'],
    [formatMs(2500), `${n(2.5)} s`],
    [formatMs(90_000), `${n(1.5)} min`],
    [formatSpan(40), '40 s'],
    [formatSpan(720), '12 min'],
    [formatSpan(12_600), `${n(3.5)} h`],
    [formatSpan(10 * 86_400), '10 days'],
    [formatShare(0.5), percent(0.5, 1)],
    [formatShare(0.98765), percent(0.988, 1)],
    [formatShare(0.99871), percent(0.99871, 3)],
    [formatShare(1), percent(1, 1)],
    [formatBytes(1), '1 byte'],
    [formatBytes(999), '999 bytes'],
    [formatBytes(1500), n(1.5, { style: 'unit', unit: 'kilobyte' })],
    [formatBytes(2_000_000), n(2, { style: 'unit', unit: 'megabyte' })],
  ])('%s', (formatted, expected) => {
    expect(formatted).toBe(expected)
  })

  test('changes are told in points of shares and in parts of numbers, and not at all beside nothing', () => {
    expect(changeOfShare(0.99, 0.985)).toEqual({ text: `+${n(0.5)} pp`, direction: 'up' })
    expect(changeOfShare(0.9, 0.95)).toEqual({ text: '−5 pp', direction: 'down' })
    expect(changeOfShare(0.9, 0.90001)?.direction).toBe('same')
    expect(changeOfShare(null, 0.9)).toBeUndefined()
    expect(changeOfNumber(112, 100)).toEqual({ text: `+${percent(0.12, 0)}`, direction: 'up' })
    expect(changeOfNumber(5, 0)).toBeUndefined()
  })
})

test('a value at its limit is still of the better kind', () => {
  const limits = { good: 200, poor: 500 }
  expect([200, 201, 500, 501].map((value) => ratingOf(value, limits).key)).toEqual([
    'good',
    'needsImprovement',
    'needsImprovement',
    'poor',
  ])
})

describe('addresses', () => {
  test('keep what is known, and leave out defaults and what is not', () => {
    expect(readPeriod({ period: '30d' })).toEqual({ period: '30d' })
    expect(readPeriod({ period: '7d' })).toEqual({})
    expect(readPeriod({ period: 'toString' })).toEqual({})
    expect(readVitalsSearch({ vital: 'cls', by: 'nobody', page: '/a', release: '', device: 7 })).toEqual({
      vital: 'cls',
      page: '/a',
    })
    expect(readVitalsSearch({ vital: 'lcp', by: 'page', browser: 'x'.repeat(251) })).toEqual({})
    expect(readReleasesSearch({ period: '90d', query: '2.4', change: 'resolved' })).toEqual({
      query: '2.4',
      change: 'resolved',
    })
  })

  test('the period before ends where this one begins', () => {
    const now = Date.parse('2026-11-21T12:00:00Z')
    expect(periodBefore('24h', now)).toEqual({ start: '2026-11-19T12:00:00.000Z', end: '2026-11-20T12:00:00.000Z' })
  })
})

const counted = (by: Record<string, string>, ...series: number[]): StatisticsJson['groups'][number] => ({
  by,
  totals: { 'sum(quantity)': series.reduce((sum, count) => sum + count, 0) },
  series: { 'sum(quantity)': series },
})

const statistics = (groups: StatisticsJson['groups']): StatisticsJson => ({ start: '', end: '', intervals: [], groups })

describe('shares', () => {
  test('of what has a meaning come in its order, the worst first', () => {
    const found = sharesOf(
      statistics([counted({ level: 'warning' }, 6), counted({ level: 'fatal' }, 3), counted({ level: 'odd' }, 1)]),
      'level',
    )
    expect(found.map(({ value, share }) => [value, share])).toEqual([
      ['fatal', 0.3],
      ['warning', 0.6],
      ['odd', 0.1],
    ])
  })

  test('for which no colour is left are put together', () => {
    const browsers = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((browser) => counted({ browser }, 1, 2))
    const found = sharesOf(statistics(browsers), 'browser')
    expect(found).toHaveLength(6)
    expect(found.at(-1)).toMatchObject({ value: 'others', total: 6, values: [2, 4] })
    expect(new Set(found.map(({ color }) => color)).size).toBe(6)
  })
})

const sessions = (release: string, all: number[], crashed: number[]) => ({
  release,
  total: all.reduce((sum, count) => sum + count, 0),
  sessions: all,
  crashed,
})

test('sessions are shown by release, or by how they ended', () => {
  const found = {
    start: '',
    end: '',
    intervals: ['a', 'b'],
    releases: [...'123456'].map((version) => sessions(version, [2, 3], [1, 0])),
  }
  expect(byRelease(found).map(({ name }) => name)).toEqual(['1', '2', '3', '4', '5', 'others'])
  expect(byRelease({ ...found, releases: [sessions('', [1, 1], [0, 0])] })[0]!.name).toBe('no release')
  expect(byEnd({ ...found, releases: found.releases.slice(0, 1) }).map(({ values }) => values)).toEqual([
    [1, 0],
    [1, 3],
  ])
})

test('outcomes are summed over reasons, of one kind or of all', () => {
  const group = (outcome: 'accepted' | 'filtered', category: string, reason: string, series: number[]) => ({
    outcome,
    category,
    reason,
    total: series.reduce((sum, count) => sum + count, 0),
    series,
  })
  const found: OutcomeSeriesJson = {
    start: '',
    end: '',
    intervals: ['a', 'b'],
    groups: [
      group('filtered', 'error', 'crawler', [1, 2]),
      group('filtered', 'error', 'extension', [3, 0]),
      group('accepted', 'session', '', [5, 5]),
    ],
  }
  expect(byOutcome(found, undefined).map(({ outcome, values, total }) => [outcome, values, total])).toEqual([
    ['accepted', [5, 5], 10],
    ['filtered', [4, 2], 6],
  ])
  expect(byOutcome(found, 'session').map(({ outcome }) => outcome)).toEqual(['accepted'])
  expect(categoriesOf(found)).toEqual(['error', 'session'])
})

test('rows of equal size stand in the order of their names', () => {
  const row = (group: string, count: number): DistributionJson => ({
    group,
    count,
    p50: 1,
    p75: 1,
    p95: 1,
    ratings: null,
  })
  const rows = [row('/b', 1), row('/c', 5), row('/a', 1)]
  expect(sorted(rows, 'count').map(({ group }) => group)).toEqual(['/c', '/a', '/b'])
  expect(sorted(rows, 'p95').map(({ group }) => group)).toEqual(['/a', '/b', '/c'])
})

describe('an error budget', () => {
  const day = (date: string, bad: number) => ({ day: date, all: bad, bad })

  test('shrinks by what fails each day', () => {
    const left = leftByDay({ allowed: 10, days: [day('2026-11-20', 4), day('2026-11-21', 8)] })
    expect(left.map(({ left }) => Number(left.toFixed(2)))).toEqual([0.6, -0.2])
    expect(left[0]!.at).toBe(Date.parse('2026-11-20T00:00:00Z'))
  })

  test('of nothing is gone with the first failure', () => {
    expect(
      leftByDay({ allowed: 0, days: [day('2026-11-20', 0), day('2026-11-21', 1)] }).map(({ left }) => left),
    ).toEqual([1, 0])
  })

  test('burns fast above six times', () => {
    expect([null, 0, 1, 1.1, 6, 7].map(toneOf)).toEqual(['good', 'good', 'good', 'warning', 'warning', 'error'])
  })
})

test('an address is read as people paste it', () => {
  expect(readScript(' https://a.example/x.js:1:2048 ', '')).toEqual({
    url: 'https://a.example/x.js',
    positions: [[1, 2048]],
  })
  expect(readScript('https://a.example:8080/x.js', ' abc ')).toEqual({
    url: 'https://a.example:8080/x.js',
    debugId: 'abc',
    positions: [],
  })
})

test('charts mark when releases came out and where they went, within what they show', () => {
  const release = (version: string, dateReleased: string | null, deployedAt?: string) =>
    ({
      shortVersion: version,
      dateReleased,
      lastDeploy: deployedAt ? { environment: 'production', dateFinished: deployedAt } : null,
    }) as ReleaseJson
  const releases = [
    release('3', '2026-11-21T10:00:00Z', '2026-11-21T11:00:00Z'),
    release('2', null),
    release('1', '2026-11-01T10:00:00Z'),
  ]
  expect(marksOf(releases, Date.parse('2026-11-20T00:00:00Z')).map(({ name }) => name)).toEqual([
    '3 released',
    '3 to production',
  ])
})

test('figures of one project are never shown in the place of those of another', () => {
  const keep = keepWithin(['figures', 'acme', 'shop', 'statistics/'])
  const keyOf = (project: string, what: string) => ({ queryKey: ['figures', 'acme', project, what, { by: 'level' }] })
  expect(keep('former', keyOf('shop', 'statistics/'))).toBe('former')
  expect(keep('former', keyOf('admin', 'statistics/'))).toBeUndefined()
  expect(keep('former', keyOf('shop', 'outcomes/series/'))).toBeUndefined()
  expect(keep('former', undefined)).toBeUndefined()
})
