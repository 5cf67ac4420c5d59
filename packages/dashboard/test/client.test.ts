import { expect, test } from 'vitest'
import { nextCursor, path, withQuery } from '../src/api/client.ts'
import { spellOutReordering } from '../src/api/reordering.ts'
import { slugify } from '../src/projects/slug.ts'
import { safeNext } from '../src/session/next-page.ts'

test('the next page is the one that the Link header offers with results', () => {
  const previous = '<http://x/?a=1,2&cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1"'
  const next = (results: string) => `<http://x/?cursor=0:25:0>; rel="next"; results="${results}"; cursor="0:25:0"`
  expect(nextCursor(`${previous}, ${next('true')}`)).toBe('0:25:0')
  expect(nextCursor(`${previous}, ${next('false')}`)).toBeNull()
  expect(nextCursor('')).toBeNull()
})

test('an empty query is sent, an absent one is not', () => {
  expect(withQuery('/issues/', { query: '', project: undefined, cursor: null })).toBe('/issues/?query=')
  expect(withQuery('/issues/', { query: 'a&b c' })).toBe('/issues/?query=a%26b+c')
})

test('path segments cannot leave their place', () => {
  expect(path`/organizations/${'../x'}/issues/`).toBe('/organizations/..%2Fx/issues/')
})

test.each([
  ['/organizations/acme/issues?query=a', '/organizations/acme/issues?query=a'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/login?next=/login', '/'],
  [undefined, '/'],
])('after the log-in, %s leads to %s', (next, target) => {
  expect(safeNext(next)).toBe(target)
})

test.each([
  ['My Shop!', 'my-shop'],
  ['Läden & Söhne', 'laden-sohne'],
  ['  --  ', ''],
  ['a'.repeat(49) + ' b', 'a'.repeat(49)],
])('%o becomes the slug %o', (name, slug) => {
  expect(slugify(name)).toBe(slug)
})

test('marks that reorder text are spelled out, right-to-left text itself is left alone', () => {
  expect(spellOutReordering('{"a":"x\u202Egnp.exe\u2069"}')).toBe('{"a":"x⟨U+202E⟩gnp.exe⟨U+2069⟩"}')
  expect(spellOutReordering('שלום\u200F')).toBe('שלום\u200F')
})
