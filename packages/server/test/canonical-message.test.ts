import { describe, expect, test } from 'vitest'
import { canonicalMessage } from '../src/grouping/canonical-message.ts'
import { ENGINE_WORDINGS, WORDINGS_WITH_PROPERTIES } from '../src/grouping/engine-wordings.ts'

const canonical = (message: string): string => canonicalMessage(message, ENGINE_WORDINGS)
const withProperty = (message: string): string => canonicalMessage(message, WORDINGS_WITH_PROPERTIES)

describe('a message', () => {
  // Chromium, Firefox, WebKit, as captured from the engines.
  test.each([
    [
      "Cannot read properties of null (reading 'x')",
      'can\'t access property "x" of null',
      "null is not an object (evaluating 'null.x')",
    ],
    [
      "Cannot read properties of undefined (reading 'price')",
      'r.price is undefined',
      "undefined is not an object (evaluating 'e.price')",
    ],
    [
      "Cannot set properties of undefined (setting 'a')",
      'can\'t access property "a", o is undefined',
      "undefined is not an object (evaluating 'o.a = 1')",
    ],
    [
      'foo.bar is not a function',
      'foo.bar is not a function',
      "foo.bar is not a function. (In 'foo.bar()', 'foo.bar' is undefined)",
    ],
    ['missing is not defined', 'missing is not defined', "Can't find variable: missing"],
    ['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed'],
    ['Maximum call stack size exceeded', 'too much recursion', 'Maximum call stack size exceeded.'],
    ['All promises were rejected', 'No Promise in Promise.any was resolved', 'All promises were rejected'],
    ['unreachable', 'unreachable executed', "Unreachable code should not be executed (evaluating 'exports.trap()')"],
    [
      "Failed to execute 'querySelector' on 'Document': '!!!' is not a valid selector.",
      "Document.querySelector: '!!!' is not a valid selector",
      "'!!!' is not a valid selector.",
    ],
    [
      'Failed to fetch dynamically imported module: https://h/a-1.js',
      'error loading dynamically imported module: https://h/a-1.js',
      'Importing a module script failed.',
    ],
  ])('in the words of each engine is the same: %s', (...wordings) => {
    expect(new Set(wordings.map(canonical)).size).toBe(1)
  })

  test.each([
    ['user a.b+c@example.co.uk not found', 'user <email> not found'],
    ['GET https://api.test/orders/17?x=1 failed', 'GET <url> failed'],
    ['order 5f0c9a4e-1b2c-4d3e-8f90-123456789abc is gone', 'order <uuid> is gone'],
    ['at 2026-11-21T01:39:31.174Z after 17.5ms on 10.0.0.1', 'at <date> after <number> on <ip>'],
    ['commit 3f9c2a1b7d at 0xdeadbeef', 'commit <hex> at <hex>'],
    ['Uncaught TypeError: nope', 'nope'],
    ['first\nsecond\nthird', 'first\nsecond'],
  ])('loses what varies: %j', (message, expected) => {
    expect(canonical(message)).toBe(expected)
  })

  test.each(['a is not b', 'Payment declined', 'decade'])('keeps its words: %j', (message) => {
    expect(canonical(message)).toBe(message)
  })
})

describe('the property that was read of nothing or called in vain', () => {
  // Chromium, Firefox, WebKit, as captured from the engines.
  test.each([
    [
      'price of nullish',
      "Cannot read properties of undefined (reading 'price')",
      'can\'t access property "price", r(...) is undefined',
      'undefined is not an object (evaluating \'r("none").price\')',
    ],
    [
      'total of nullish',
      "Cannot set properties of undefined (setting 'total')",
      'can\'t access property "total", r(...) is undefined',
      'undefined is not an object (evaluating \'r("none").total=1\')',
    ],
    [
      'a of nullish',
      "Cannot set properties of null (setting 'a')",
      'can\'t access property "a" of null',
      "null is not an object (evaluating 'o.a = e.b')",
    ],
    [
      'checkout is not a function',
      'r(...).checkout is not a function',
      'r(...).checkout is not a function',
      'r("cart").checkout is not a function. (In \'r("cart").checkout()\', \'r("cart").checkout\' is "later")',
    ],
    [
      'Client is not a constructor',
      't.Client is not a constructor',
      't.Client is not a constructor',
      "t.Client is not a constructor (evaluating 'new t.Client')",
    ],
  ])('is told in one way: %s', (expected, ...wordings) => {
    expect(wordings.map(withProperty)).toEqual(wordings.map(() => expected))
  })

  test.each([
    ["Cannot read properties of undefined (reading '0')", 'property of nullish'],
    ["Cannot read properties of undefined (reading 'order-17')", 'property of nullish'],
    ["Cannot read properties of undefined (reading 'user4711')", 'property of nullish'],
    ["undefined is not an object (evaluating 'e[t]')", 'property of nullish'],
    ['e is not a function', 'not a function'],
  ])('is left out where it is data or the name of a variable: %s', (message, expected) => {
    expect(withProperty(message)).toBe(expected)
  })
})
