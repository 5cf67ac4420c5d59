import { readEvent } from '@foghorn/protocol'
import { expect, test } from 'vitest'
import { classify } from '../src/ingest/classify.ts'

const thrown = (type: string, value: string, more: object = {}) =>
  readEvent({ exception: { values: [{ type, value, mechanism: { handled: true }, ...more }] } })!

const unhandled = { mechanism: { handled: false } }
const inAd = { stacktrace: { frames: [{ filename: 'https://ads.example/ad.js', lineno: 1 }] } }

test.each([
  ['network', 'medium', thrown('TypeError', 'Failed to fetch')],
  ['network', 'high', thrown('TypeError', 'NetworkError when attempting to fetch resource.', unhandled)],
  ['resource', 'medium', thrown('ChunkLoadError', 'Loading chunk 7 failed.')],
  ['security', 'high', thrown('SecurityError', 'Permission denied to access property "document"')],
  ['validation', 'medium', thrown('ZodError', 'invalid input: expected string')],
  ['configuration', 'medium', thrown('Error', 'Missing API key for the map')],
  [
    'third-party',
    'low',
    {
      ...thrown('TypeError', 'x is null', inAd),
      request: readEvent({ request: { url: 'https://shop.test/' } })!.request,
    },
  ],
  ['code', 'high', thrown('TypeError', "Cannot read properties of undefined (reading 'a')", unhandled)],
])('an event is of the category %s and %s, and says why', (category, severity, payload) => {
  const found = classify(payload, 'error')
  expect(found).toMatchObject({ category, severity })
  expect(found.categoryReason).not.toBe('')
  expect(found.severityReason).not.toBe('')
})

test('the level decides how bad it is before anything else does', () => {
  const payload = thrown('Error', 'x', unhandled)
  expect(classify(payload, 'fatal').severity).toBe('critical')
  expect(classify(payload, 'warning').severity).toBe('low')
})
