import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EventJson } from '../src/api/event-shapes.ts'
import { canonicalMessage } from '../src/grouping/canonical-message.ts'
import { ENGINE_WORDINGS, WORDINGS_WITH_PROPERTIES } from '../src/grouping/engine-wordings.ts'
import type { GroupingVersion } from '../src/grouping/group.ts'
import { stablePath, stableScriptName } from '../src/grouping/stable-path.ts'
import { groupBy } from './grouped-by.ts'
import { envelope, errorEvent, newEventId, startService, type TestEvent, type TestService } from './harness.ts'
import { bundleOf, upload } from './upload.ts'

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const groupingOf = async (event: TestEvent): Promise<EventJson['grouping']> => {
  const id = event.event_id ?? newEventId()
  await service.post(service.envelopePath, envelope({ ...event, event_id: id }))
  await service.digest()
  const response = await service.read(`/api/0/projects/acme/shop/events/${id}/`)
  return ((await response.json()) as EventJson).grouping
}

const keysOf = async (event: TestEvent): Promise<string[]> =>
  (await groupingOf(event)).keys.map(({ variant, hash, parts }) => `${variant} ${hash} ${parts.join(' | ')}`)

const thrown = (type: string, value: string, fields: TestEvent = {}): TestEvent => ({
  ...fields,
  exception: { values: [{ type, value }] },
})

const frame = { filename: 'https://shop.test/static/app.js', function: 'n', lineno: 1, colno: 10 }

const keysOfVersion = async (version: GroupingVersion): Promise<string[]> => {
  await groupBy(service, version)
  await upload(service, bundleOf({ debugId: null }), { version: 'r1' })
  const mapped = errorEvent({
    release: 'r1',
    exception: { values: [{ type: 'Error', value: 'order 17 failed', stacktrace: { frames: [frame, frame, frame] } }] },
  })
  const chunk = thrown('ChunkLoadError', 'Loading chunk 17 failed.\n(error: https://shop.test/17.js)')
  const hydration = thrown('Error', 'Minified React error #418; visit https://react.dev/errors/418', {
    transaction: '/cart',
  })
  const template = { logentry: { message: 'user %s is gone', params: ['anna'], formatted: 'user anna is gone' } }
  const keys = []
  for (const event of [
    mapped,
    errorEvent(),
    thrown('TypeError', 'r.price is undefined'),
    { message: 'disk 3 of 4 full at 10.0.0.1' },
    template,
    chunk,
    hydration,
    thrown('Error', 'ResizeObserver loop completed with undelivered notifications.'),
    thrown('Error', 'x', { fingerprint: ['checkout', '{{ default }}', 7] }),
  ])
    keys.push(...(await keysOf(event)))
  return keys
}

// These hashes stand in stores: a change here is another version of the algorithm, never an edit of this one.
test('version 1 gives these keys', async () => {
  expect(await keysOfVersion(1)).toMatchInlineSnapshot(`
    [
      "frames b39a1bf3cc46974bd929746b64c60dc7 Error | src/source.ts fail",
      "message 44df6d18ab25b9ddeede225cf0df0ef3 Error | order <number> failed | app.js",
      "frames 2dbdf1a2be0acf9ae78eeb8381a70d57 TypeError | src/source.ts fail",
      "message df2961cc4d75a4466f1e90a12a182630 TypeError | property of nullish | app.js",
      "message ca60ed0fbff67ea59d9eeffaff4e81ff TypeError | property of nullish",
      "message 2553aaf00d8d0f92846c9d2785ede578 <message> | disk <number> of <number> full at [Filtered]",
      "message 07ef4ac3578ae69871ac931364d38b9b <message> | user %s is gone",
      "message b84d7b298dc2c8760b8ef0376b3b8a1d <known> | chunk load failed",
      "message 99bf27335de56573711ee81521f70107 <known> | hydration failed | /cart",
      "message 77535b799fbc17cfda5567f2422007cc <known> | ResizeObserver loop",
      "custom 9cdbee5b1b5718c5060870ea7fef0d13 checkout | Error | x | 7",
    ]
  `)
})

test('version 2 gives these keys', async () => {
  expect(await keysOfVersion(2)).toMatchInlineSnapshot(`
    [
      "frames b39a1bf3cc46974bd929746b64c60dc7 Error | src/source.ts fail",
      "message 44df6d18ab25b9ddeede225cf0df0ef3 Error | order <number> failed | app.js",
      "frames 2dbdf1a2be0acf9ae78eeb8381a70d57 TypeError | src/source.ts fail",
      "message a78dea5c4dff4092490655b8a3d4c909 TypeError | price of nullish | app.js",
      "message ca60ed0fbff67ea59d9eeffaff4e81ff TypeError | property of nullish",
      "message 2553aaf00d8d0f92846c9d2785ede578 <message> | disk <number> of <number> full at [Filtered]",
      "message 07ef4ac3578ae69871ac931364d38b9b <message> | user %s is gone",
      "message b84d7b298dc2c8760b8ef0376b3b8a1d <known> | chunk load failed",
      "message 99bf27335de56573711ee81521f70107 <known> | hydration failed | /cart",
      "message 77535b799fbc17cfda5567f2422007cc <known> | ResizeObserver loop",
      "custom 9cdbee5b1b5718c5060870ea7fef0d13 checkout | Error | x | 7",
    ]
  `)
})

describe('what did not count', () => {
  test('is told with the reason', async () => {
    expect((await groupingOf(errorEvent())).ignored).toEqual([
      '1 frame without original position: minified names change with every build',
    ])
  })
})

test.each([
  ['https://cdn.test/assets/main-BxYzAbCd.js?v=3', 'main-<hash>.js'],
  ['https://cdn.test/assets/main-GKW5YTXP.js', 'main-<hash>.js'],
  ['https://cdn.test/main.3f9c2a1b.min.js', 'main.<hash>.min.js'],
  ['https://cdn.test/main.js#x', 'main.js'],
])('the script %s is %s in every release', (url, name) => {
  expect(stableScriptName(url)).toBe(name)
})

test('names of sources that look like hashes stay', () => {
  expect(stablePath('src/shop-MyComponent.tsx')).toBe('src/shop-MyComponent.tsx')
  expect(stablePath('node_modules/lib@1.2.3/index.js')).toBe('node_modules/lib@<version>/index.js')
})

const HOSTILE = [
  'a',
  '1',
  '1.',
  ' ',
  'a@',
  'a.',
  'http://',
  '0x',
  "'",
  '(evaluating ',
  "undefined is not an object (evaluating 'a.b=",
  "undefined is not an object (evaluating 'a.b.",
  'a.b is not a ',
  'can\'t access property "x", ',
  'cannot read properties of undefined ',
  ' is not a function. (In ',
  'f0',
  '2026-11-21T',
  '1.1.1.',
  'é\u202e',
  '\ud800',
]

// The ceiling is the time limit: a pattern that backtracks takes hours for these.
test('hostile text is cheap whatever the pattern', () => {
  for (const piece of HOSTILE) {
    for (const length of [100, 4096, 1_000_000]) {
      const text = piece.repeat(Math.ceil(length / piece.length))
      for (const wordings of [ENGINE_WORDINGS, WORDINGS_WITH_PROPERTIES]) {
        expect(canonicalMessage(text, wordings).length).toBeLessThan(20_000)
        expect(canonicalMessage(`cannot read property ${text} of undefined!`, wordings).length).toBeLessThan(20_000)
      }
      expect(stablePath(`${text}.js`).length).toBeLessThan(20_000)
      expect(stableScriptName(`x/${text}.js`).length).toBeLessThan(20_000)
    }
  }
})
