import { describe, expect, test } from 'vitest'
import { readIssueSearch, statusOf, term, withStatus } from '../src/issues/search.ts'

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

test('a term with spaces is quoted, and its own quotes cannot end it', () => {
  expect(term('release', 'shop@1.0')).toBe('release:shop@1.0')
  expect(term('release', 'my shop" is:resolved')).toBe('release:"my shop is:resolved"')
})
