import { expect, test } from 'vitest'
import { readIssueId } from '../src/issue/merge-query.ts'

test.each([
  ['12', '12'],
  [' https://errors.example/organizations/acme/issues/12 ', '12'],
  ['https://errors.example/organizations/acme/issues/12/events/ab?x=1', '12'],
  ['SHOP-12', undefined],
  ['', undefined],
])('reads the issue out of %o', (text, id) => {
  expect(readIssueId(text)).toBe(id)
})
