import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { useSite } from './harness/site.ts'

const site = useSite()

const KEY = '0'.repeat(32)
const SDK = '<script src="/foghorn.min.js"></script>'

/** SDKs that pages have, each with its usual capture on: its script, and how a page starts it. */
const PEERS = [
  {
    name: '@sentry/browser',
    src: '/sentry.js',
    start: `Sentry.init({ dsn: 'http://${KEY}@peer.example/1' })`,
  },
  {
    name: 'Bugsnag',
    src: '/node_modules/@bugsnag/browser/dist/bugsnag.min.js',
    start: `Bugsnag.start({ apiKey: '${KEY}', endpoints: { notify: 'http://peer.example/a', sessions: 'http://peer.example/b' } })`,
  },
  {
    name: 'Rollbar',
    src: '/node_modules/rollbar/dist/rollbar.umd.min.js',
    start: `new (globalThis.rollbar ?? globalThis.Rollbar)({ accessToken: '${KEY}', captureUncaught: true, captureUnhandledRejections: true, endpoint: 'http://peer.example/' })`,
  },
]

let sentry: string
beforeAll(async () => {
  const plugins = [nodeResolve({ browser: true, rootDir: import.meta.dirname })]
  const bundle = await rollup({ input: '@sentry/browser', plugins })
  const { output } = await bundle.generate({ format: 'iife', name: 'Sentry' })
  sentry = output[0].code
})

/** Bodies of the peer's requests. */
let sent: string[]
beforeEach(async () => {
  sent = []
  site.pages.files.set('/sentry.js', { body: sentry })
  await site.context.route('http://peer.example/**', async (route) => {
    sent.push(route.request().postData() ?? '')
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
    await route.fulfill({ status: 200, headers, body: '{}' })
  })
})

const init = (): string => `<script>Foghorn.init({ dsn: '${site.ingest.dsn}', autoSessionTracking: false })</script>`

const openWith = async (head: string): Promise<void> => {
  site.pages.files.set('/', { body: `<!doctype html><head>${head}</head><body></body>` })
  await site.page.goto(site.pages.url)
}

const values = (): (string | undefined)[] => site.ingest.events().map((event) => event.exception?.values.at(-1)?.value)

const hasPeerSeen = (marker: string) => expect.poll(() => sent.some((body) => body.includes(marker))).toBe(true)

const PLACES = ['before', 'after'] as const
const cases = PEERS.flatMap((peer) => PLACES.map((place) => ({ ...peer, place })))

describe.each(cases)('with $name started $place it', ({ src, start, place }) => {
  beforeEach(async () => {
    const peer = `<script src="${src}"></script><script>${start}</script>`
    const ours = SDK + init()
    await openWith(place === 'before' ? peer + ours : ours + peer)
  })

  test('both report each error, once, and neither reports the other without end', async () => {
    await site.run('console.log("a line")')
    await site.run('fetch("/missing").then(() => { throw new Error("first marker") })')
    await hasPeerSeen('first marker')
    await site.events(1)
    await site.run('throw new Error("second marker")')
    await hasPeerSeen('second marker')
    const [, second] = await site.events(2)
    expect(values()).toEqual(['first marker', 'second marker'])
    const crumbs = second!.breadcrumbs!.map(({ category, message, data }) => message ?? `${category} ${data?.['url']}`)
    expect(crumbs.filter((crumb) => crumb === 'a line')).toHaveLength(1)
    expect(crumbs.filter((crumb) => crumb === 'fetch /missing')).toHaveLength(1)
    expect(crumbs.filter((crumb) => crumb.includes('/envelope/') && crumb.includes(site.ingest.url))).toEqual([])
    // A session and an event each would do; a loop would have made hundreds meanwhile.
    expect(sent.length).toBeLessThan(12)
  })

  test('after close() the page and the other go on without it', async () => {
    await site.page.evaluate('Foghorn.close()')
    await site.run('console.warn("still there"); history.pushState(null, "", "/next"); throw new Error("only theirs")')
    await hasPeerSeen('only theirs')
    expect(await site.page.evaluate('fetch("/").then((response) => response.status)')).toBe(200)
    await site.page.evaluate('Foghorn.flush()')
    expect(values()).toEqual([])
  })

  test('started again after close(), it sees each thing once', async () => {
    await site.page.evaluate('Foghorn.close()')
    await site.page.evaluate(`Foghorn.init({ dsn: '${site.ingest.dsn}', autoSessionTracking: false })`)
    await site.run('console.log("a line"); throw new Error("again")')
    const { breadcrumbs } = await site.firstEvent()
    expect(breadcrumbs!.filter(({ message }) => message === 'a line')).toHaveLength(1)
  })
})

// Zone.js 0.16 tells nobody but the console of rejections unless this is set: it loses the promise, without which its
// own event cannot be made (angular/angular#51357, 2026-11).
const ZONE_TELLS = '<script>__zone_symbol__DISABLE_WRAPPING_UNCAUGHT_PROMISE_REJECTION = false</script>'
const ZONE = `${ZONE_TELLS}<script src="/node_modules/zone.js/bundles/zone.umd.min.js"></script>`

const inZone = (work: string): Promise<void> =>
  site.run(`function inZone() { ${work} }\nZone.current.fork({ name: 'app' }).run(inZone)`)

const arrivesOnce = async (): Promise<void> => {
  await site.events(1)
  await site.run('throw new Error("after")')
  const [zoned] = await site.events(2)
  expect(values()).toEqual(['zoned', 'after'])
  const { frames } = zoned!.exception!.values.at(-1)!.stacktrace!
  expect(frames.find((frame) => frame.function?.includes('failing'))).toMatchObject({ lineno: 1, in_app: true })
}

describe.each(PLACES)('with Zone.js loaded %s it', (place) => {
  beforeEach(() => openWith(place === 'before' ? ZONE + SDK + init() : SDK + init() + ZONE))

  test.each([
    ['a timer', 'setTimeout(function failing() { throw new Error("zoned") })'],
    [
      'a listener',
      'addEventListener("go", function failing() { throw new Error("zoned") }); dispatchEvent(new Event("go"))',
    ],
    ['an async function', 'void (async function failing() { await 0; throw new Error("zoned") })()'],
    ['an animation frame', 'requestAnimationFrame(function failing() { throw new Error("zoned") })'],
    [
      'an XMLHttpRequest',
      'const xhr = new XMLHttpRequest(); xhr.onload = function failing() { throw new Error("zoned") }; xhr.open("GET", "/"); xhr.send()',
    ],
  ])('an error in %s arrives once, with the page in its stack', async (_where, work) => {
    await inZone(work)
    await arrivesOnce()
  })

  test('what both have patched works, in its zone, and leaves its breadcrumbs', async () => {
    const zones = await site.page.evaluate(`new Promise((resolve) => Zone.current.fork({ name: 'app' }).run(() => {
      const xhr = new XMLHttpRequest()
      const load = (response) => {
        const first = Zone.current.name + ' ' + response.status
        xhr.addEventListener('load', () => resolve([first, Zone.current.name + ' ' + xhr.status]))
        xhr.open('GET', '/')
        xhr.send()
      }
      fetch('/').then(load)
    }))`)
    expect(zones).toEqual(['app 200', 'app 200'])
    await site.run('throw new Error("trail")')
    const { breadcrumbs } = await site.firstEvent()
    expect(breadcrumbs!.map(({ category }) => category)).toEqual(['fetch', 'xhr'])
  })

  test('close() leaves them working', async () => {
    await site.page.evaluate('Foghorn.close()')
    expect(await site.page.evaluate('fetch("/").then((response) => response.status)')).toBe(200)
  })
})

test.each([
  ['a promise', 'Promise.resolve().then(function failing() { throw new Error("zoned") })'],
  ['the answer of a request', 'fetch("/").then(function failing() { throw new Error("zoned") })'],
])('with Zone.js before it, a rejection of %s arrives once', async (_what, work) => {
  await openWith(ZONE + SDK + init())
  await inZone(work)
  await arrivesOnce()
})
