import type { ClientEvent, StackFrame } from '@foghorn/protocol'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { diagnose } from '../src/enrich/diagnose.ts'

beforeAll(() => {
  vi.stubGlobal('location', new URL('https://shop.example/cart?id=1#top'))
  vi.stubGlobal('navigator', { onLine: true })
})
afterAll(() => void vi.unstubAllGlobals())

const event = (value: string, frames: StackFrame[] = [], more: Partial<ClientEvent> = {}): ClientEvent => ({
  event_id: 'a'.repeat(32),
  timestamp: 1,
  platform: 'javascript',
  level: 'error',
  exception: { values: [{ type: 'Error', value, stacktrace: { frames } }] },
  ...more,
})
const script = (filename: string): StackFrame[] => [{ filename, lineno: 1, in_app: true }]
const diagnosis = (given: ClientEvent): unknown => diagnose(given).contexts!['diagnosis']

test.each([
  ['first-party', script('https://shop.example/assets/app.js')],
  ['third-party', script('https://ads.example/a.js')],
  ['extension', script('moz-extension://id/content.js')],
  ['injected-inline', [{ filename: '<anonymous>', lineno: 1, in_app: false }]],
  ['unknown', script('https://shop.example/cart?id=2')],
  ['unknown', script('webkit-masked-url://hidden/')],
  ['unknown', []],
])('the origin is %s for %j', (origin, frames) => {
  expect(diagnosis(event('x', frames))).toEqual({ origin })
})

test('a script with a debug ID of ours is first-party, wherever it comes from', () => {
  const file = 'https://cdn.example/app.js'
  const images = [{ type: 'sourcemap' as const, code_file: file, debug_id: 'b'.repeat(32) }]
  expect(diagnosis(event('x', script(file), { debug_meta: { images } }))).toEqual({ origin: 'first-party' })
})

test.each([
  'Failed to fetch dynamically imported module: https://shop.example/a.js',
  'error loading dynamically imported module: https://shop.example/a.js',
  'Importing a module script failed.',
  'Loading chunk 7 failed. (error: https://shop.example/7.js)',
  'Loading CSS chunk 7 failed.',
])('"%s" is a stale deployment', (message) => {
  expect(diagnosis(event(message))).toMatchObject({ kind: 'chunk-load' })
})

test.each(['Failed to fetch', 'Load failed', 'NetworkError when attempting to fetch resource.'])(
  '"%s" names the request that failed last',
  (message) => {
    const data = { method: 'GET', url: '/api/cart', status_code: 0 }
    const crumbs = [
      { type: 'http', data: { ...data, url: '/older' } },
      { type: 'http', data },
      { type: 'http', data: { ...data, status_code: 200 } },
    ]
    const found = diagnose(event(message, [], { breadcrumbs: crumbs }))
    expect(found.contexts!['diagnosis']).toMatchObject({ failed_request: { method: 'GET', url: '/api/cart' } })
    expect(found.exception!.values[0]!.value).toBe(message)
  },
)
