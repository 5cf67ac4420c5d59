import { describe, expect, test } from 'vitest'
import { readIssueSearch, statusOf, tagTerm, withStatus } from '../src/issues/search.ts'

describe('the search in the address', () => {
  test('keeps what makes sense and leaves out the rest', () => {
    expect(readIssueSearch({ query: 'cart', project: '12', sort: 'freq', page: '3' })).toEqual({
      query: 'cart',
      project: '12',
      sort: 'freq',
    })
    expect(readIssueSearch({ query: 7, project: 'shop', sort: 'toString' })).toEqual({})
  })

  test('tells an empty query, which means everything, from none', () => {
    expect(readIssueSearch({ query: '' })).toEqual({ query: '' })
  })
})

describe('the status filter', () => {
  test.each([
    ['is:unresolved', 'unresolved'],
    ['cart is:resolved release:1.0', 'resolved'],
    ['is:resolved is:ignored', 'ignored'],
    ['cart', 'all'],
    ['this:resolved', 'all'],
    ['is:nonsense', 'all'],
  ])('of %o is %s', (query, status) => {
    expect(statusOf(query)).toBe(status)
  })

  test('changes without touching the other terms', () => {
    expect(withStatus('cart is:unresolved level:error', 'ignored')).toBe('is:ignored cart level:error')
    expect(withStatus('is:unresolved is:resolved cart', 'all')).toBe('cart')
    expect(withStatus('', 'resolved')).toBe('is:resolved')
  })
})

describe('the term for a tag', () => {
  test.each([
    ['release', 'shop@1.0', 'release:shop@1.0'],
    ['release', 'my shop" is:resolved', String.raw`release:"my shop\" is:resolved"`],
    ['browser', 'Chrome*', 'browser:"Chrome*"'],
    ['path', String.raw`C:\shop`, String.raw`tags[path]:"C:\\shop"`],
    ['user', '7', 'tags[user]:7'],
  ])('%s with the value %s is %s', (key, value, expected) => {
    expect(tagTerm(key, value)).toBe(expected)
  })
})
