import type { BreadcrumbJson } from '@foghorn/server'
import { expect, test } from 'vitest'
import { describeBreadcrumb, furtherData, orderTrail, toneOf } from '../src/issue/trail.ts'

const at = (message: string, second: number | null): BreadcrumbJson => ({
  message,
  timestamp: second === null ? null : new Date(second * 1_000).toISOString(),
})

test('breadcrumbs stand by time, and those without one behind the one they followed', () => {
  const trail = orderTrail([at('third', 30), at('first', 10), at('first b', null), at('second', 20)])
  expect(trail.map(({ message }) => message)).toEqual(['first', 'first b', 'second', 'third'])
})

test('breadcrumbs of one moment keep their order', () => {
  expect(orderTrail([at('a', 1), at('b', 1), at('c', 1)]).map(({ message }) => message)).toEqual(['a', 'b', 'c'])
  expect(orderTrail([at('a', null), at('b', null)]).map(({ message }) => message)).toEqual(['a', 'b'])
})

test.each<[string, Omit<BreadcrumbJson, 'timestamp'>, string]>([
  [
    'a request',
    { category: 'fetch', data: { method: 'POST', url: '/api/pay', status_code: 500 } },
    'POST /api/pay [500]',
  ],
  ['a request without an answer', { category: 'xhr', data: { url: '/api/pay' } }, 'GET /api/pay'],
  ['a navigation', { category: 'navigation', data: { from: '/cart', to: '/pay' } }, '/cart → /pay'],
  ['a message', { category: 'console', message: 'retrying' }, 'retrying'],
  ['something of unknown shape', { category: 'custom', data: { url: { deep: true } } }, 'custom'],
  ['nothing at all', {}, 'unnamed'],
])('%s reads as one line', (_name, breadcrumb, line) => {
  expect(describeBreadcrumb({ timestamp: null, ...breadcrumb })).toBe(line)
})

test('data that the line tells already is not told twice', () => {
  const data = { method: 'GET', url: '/a', status_code: 404, duration: 12, body: null }
  expect(furtherData({ timestamp: null, category: 'fetch', data })).toEqual([['duration', 12]])
})

test('failed requests stand out like errors', () => {
  const request = (status_code: number) => toneOf({ timestamp: null, category: 'fetch', data: { status_code } })
  expect([request(200), request(404), request(503)]).toEqual(['plain', 'warning', 'error'])
  expect(toneOf({ timestamp: null, level: 'error' })).toBe('error')
})
