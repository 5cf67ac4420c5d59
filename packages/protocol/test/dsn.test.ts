import { expect, test } from 'vitest'
import { envelopeUrl, formatDsn, parseDsn } from '../src/index.ts'

test.each([
  'http://abcdef0123456789abcdef0123456789@localhost:4300/1',
  'https://abcdef0123456789abcdef0123456789@errors.example.com/pre/fix/42',
  'http://k@[::1]:80/1',
])('%s is read and written back', (text) => {
  expect(formatDsn(parseDsn(text)!)).toBe(text)
})

test('a secret is accepted and forgotten', () => {
  expect(formatDsn(parseDsn('http://key:secret@h/42')!)).toBe('http://key@h/42')
})

test.each([
  '',
  'http://h/42',
  'http://key-with-dash@h/42',
  'http://key@h/abc',
  'http://key@h/42abc',
  'ftp://key@h/1',
  'http://key@h/',
])('%j is no DSN', (text) => {
  expect(parseDsn(text)).toBeUndefined()
})

test('envelopes go to the project below the path, with the key in the query', () => {
  expect(envelopeUrl(parseDsn('https://key@h:8443/pre/42')!, 'foghorn.javascript/1.0.0')).toBe(
    'https://h:8443/pre/api/42/envelope/?sentry_version=7&sentry_key=key&sentry_client=foghorn.javascript%2F1.0.0',
  )
})
