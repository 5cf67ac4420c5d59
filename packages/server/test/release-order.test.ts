import { describe, expect, test } from 'vitest'
import { compareReleases, previousRelease } from '../src/releases/order.ts'

/** The order of two versions when the first was released before the second. */
const order = (first: string, second: string): number =>
  compareReleases({ version: first, date: 1 }, { version: second, date: 2 })

describe('releases are ordered by version where both have one', () => {
  test.each([
    ['1.9.0', '1.10.0'],
    ['shop@1.9.0', 'shop@1.10.0'],
    ['@acme/shop@1.9.0', '@acme/shop@1.10.0'],
    ['1.0.0-alpha', '1.0.0-alpha.1'],
    ['1.0.0-rc.1', '1.0.0'],
    ['v1.9', 'v1.10'],
    ['1.2', '1.2.1'],
    ['1.2.3+9', '1.2.3+10'],
    ['2026.01.31', '2026.02.01'],
  ])('%s is before %s, whichever was released first', (earlier, later) => {
    expect([order(earlier, later), order(later, earlier)]).toEqual([-1, 1])
  })
})

describe('releases are ordered by date', () => {
  test.each([
    ['9f2c1ab', '1d20ffe', 'hashes of commits'],
    ['1234567', '1234566', 'numbers alone, which hashes may be too'],
    ['shop@2.0.0', 'admin@1.0.0', 'versions of different packages'],
    ['2.0.0', '9f2c1ab', 'a version and a hash'],
    ['1.2.3+9f2c1ab', '1.2.3+1d20ffe', 'builds that are named by hashes'],
    ['1.2.3+9f2c1ab', '1.2.3', 'a build that has no number'],
  ])('%s and %s: %s', (earlier, later) => {
    expect([order(earlier, later), order(later, earlier)]).toEqual([-1, -1])
  })

  test('the same version is the same release', () => {
    expect(order('1.0.0', '1.0.0')).toBe(0)
  })

  test('what a client calls its release never fails', () => {
    for (const version of ['', '@', '@1', '1.', `1.2.3-${'0'.repeat(10_000)}`, '9'.repeat(300), `${'9'.repeat(99)}.1`])
      expect(order(version, '1.0.0')).toBeTypeOf('number')
  })
})

test('a patch of an old line follows that line', () => {
  const releases = ['1.0.0', '1.1.0', '2.0.0', '1.1.1'].map((version, date) => ({ version, date }))
  expect(previousRelease({ version: '1.1.1', date: 3 }, releases)).toMatchObject({ version: '1.1.0' })
  expect(previousRelease({ version: '2.0.0', date: 2 }, releases)).toMatchObject({ version: '1.1.1' })
  expect(previousRelease({ version: '1.0.0', date: 0 }, releases)).toBeUndefined()
})
