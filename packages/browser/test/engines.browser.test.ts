import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { stored } from './harness/buffer.ts'
import { ENGINES, type Driver } from './harness/engines.ts'
import { startIngest, type Ingest } from './harness/ingest.ts'
import { pageWith, startPages, type Pages } from './harness/pages.ts'

describe.each(ENGINES)('$name', ({ name, missing, launch }) => {
  if (missing) return test.skip(`left out: ${missing}`, () => {})

  let driver: Driver
  let pages: Pages
  let ingest: Ingest

  beforeAll(async () => {
    driver = await launch()
  })
  afterAll(async () => {
    await driver.close()
  })
  beforeEach(async () => {
    ingest = await startIngest()
    // An origin of its own for each test, so that none sends what another has left in the buffer.
    pages = await startPages()
    pages.files.set('/app.js', {
      body: `function outer() { return inner() }
function inner() { return null.property }
function go() { setTimeout(outer) }
function reject() { Promise.reject(new TypeError('rejected')) }
function throwLater(what) { setTimeout(() => { throw what }) }
function rejectWith(what) { setTimeout(() => { Promise.reject(what) }) }
function openBadly() { setTimeout(() => { new XMLHttpRequest().open('GET', 'http://') }) }
async function request() { await fetch('http://127.0.0.1:1/') }
function load(element, url) { document.body.append(Object.assign(document.createElement(element), url)) }
function failHeavily() {
  for (let n = 0; n < 100; n += 1) console.log('商'.repeat(280) + n)
  for (let n = 0; n < 6; n += 1) Foghorn.captureException(new Error('heavy ' + n))
}
function leaveHeavily() { addEventListener('pagehide', failHeavily); setTimeout(() => { location.href = '/other.html' }) }
function leave() { setTimeout(() => { location.href = '/other.html'; outer() }) }`,
    })
    pages.files.set('/other.html', { body: '<!doctype html><title>other</title>' })
    const body = '<script src="/app.js"></script><button id="buy" class="big">Buy</button>'
    pages.files.set('/', { body: pageWith({ dsn: ingest.dsn, autoSessionTracking: false }, body) })
    await driver.goto(pages.url)
  })
  afterEach(async () => {
    await driver.goto('about:blank')
    await ingest.close()
    await pages.close()
  })

  const run = (call: string): Promise<unknown> => driver.evaluate(`void ${call}`)
  const events = async (count: number) => {
    await expect.poll(() => ingest.events().length).toBe(count)
    return ingest.events()
  }

  test('an uncaught error has its stack, the crash last, positions from 1', async () => {
    await run('go()')
    const [event] = await events(1)
    const [thrown] = event!.exception!.values
    expect(thrown).toMatchObject({ type: 'TypeError', mechanism: { type: 'onerror', handled: false } })
    const frames = thrown!.stacktrace!.frames.slice(-2)
    expect(frames.map((frame) => [frame.function, frame.filename, frame.lineno])).toEqual([
      ['outer', `${pages.url}/app.js`, 1],
      ['inner', `${pages.url}/app.js`, 2],
    ])
    for (const frame of frames) expect(frame.colno).toBeGreaterThan(15)
  })

  test('a rejection arrives, and the breadcrumbs before it', async () => {
    await run('console.warn("nearly", { stock: 1 })')
    await run('document.querySelector("#buy").click()')
    await run('fetch("/missing?token=SECRET").then(() => reject())')
    const [event] = await events(1)
    expect(event!.exception!.values[0]).toMatchObject({
      value: 'rejected',
      mechanism: { type: 'onunhandledrejection' },
    })
    expect(event!.breadcrumbs!.map(({ category, message }) => [category, message])).toEqual([
      ['console', 'nearly {"stock":1}'],
      ['ui.click', 'html > body > button#buy.big'],
      ['fetch', undefined],
    ])
    expect(event!.breadcrumbs![2]!.data).toMatchObject({ status_code: 404, url: '/missing?token=***' })
  })

  test.each(['openBadly()', 'request()'])('%s blames the page, not what watches the call', async (call) => {
    await run(call)
    const [event] = await events(1)
    const { type, stacktrace } = event!.exception!.values.at(-1)!
    expect(type).toMatch(/SyntaxError|TypeError/)
    // WebKit gives no stack with requests that fail.
    const files = stacktrace?.frames.filter((frame) => frame.in_app).map((frame) => frame.filename) ?? []
    expect(files.filter((file) => file?.includes('foghorn'))).toEqual([])
    if (name !== 'WebKit' || call !== 'request()') expect(files.at(-1)).toBe(`${pages.url}/app.js`)
  })

  const PLAIN = { type: 'Error', value: 'plain' }
  test.each([
    ['throwLater("plain")', PLAIN],
    ['throwLater(new String("plain"))', { type: 'Error' }],
    ['throwLater(null)', { type: 'Error', value: 'null' }],
    ['throwLater({ code: 7 })', { type: 'Error', value: '{"code":7}' }],
    ['throwLater(new DOMException("gone", "NotFoundError"))', { type: 'NotFoundError', value: 'gone' }],
    ['throwLater(Object.freeze(new RangeError("frozen")))', { type: 'RangeError', value: 'frozen' }],
    ['rejectWith("plain")', PLAIN],
    ['rejectWith(undefined)', { type: 'Error', value: 'undefined' }],
    ['rejectWith(new Error("outer", { cause: new TypeError("inner") }))', { type: 'Error', value: 'outer' }],
    ['load("img", { src: "/gone.png?token=SECRET" })', { type: 'ResourceError' }],
    ['load("script", { src: "/gone.js" })', { type: 'ResourceError' }],
    ['load("link", { rel: "stylesheet", href: "/gone.css" })', { type: 'ResourceError' }],
  ])('%s arrives', async (call, expected) => {
    await run(call)
    const [event] = await events(1)
    expect(event!.exception!.values.at(-1)).toMatchObject({ ...expected, mechanism: { handled: false } })
    expect(JSON.stringify(event)).not.toContain('SECRET')
  })

  test('an event survives a dead service and a new page, under one ID', async () => {
    ingest.answer = () => 'dropped'
    await run('go()')
    await expect.poll(() => driver.evaluate('Foghorn.stats().accepted')).toBe(1)
    await expect.poll(() => stored(driver)).toBe(1)
    ingest.answer = () => ({ status: 200 })
    await driver.goto(pages.url)
    // The old page sends it too as it goes, and cannot hear the answer any more.
    await expect.poll(() => stored(driver)).toBe(0)
    expect(new Set(ingest.events().map((event) => event.event_id)).size).toBe(1)
  })

  test('thrown offline, over a reload, arrives exactly once when the network is back', async () => {
    await ingest.close()
    await run('go()')
    await expect.poll(() => stored(driver)).toBe(1)
    await driver.goto(pages.url)
    await run('reject()')
    await expect.poll(() => stored(driver)).toBe(2)
    ingest = await startIngest(Number(new URL(ingest.url).port))
    await run('dispatchEvent(new Event("online"))')
    await expect.poll(() => stored(driver)).toBe(0)
    const sent = ingest.events().map((event) => event.exception!.values.at(-1)!.type)
    expect(sent).toHaveLength(2)
  })

  test('heavy events of a page that leaves share what it may still send: none is lost', async () => {
    await run('go()')
    await events(1)
    await run('leaveHeavily()')
    await expect.poll(() => driver.evaluate('document.title')).toBe('other')
    const values = () => ingest.events().map((event) => event.exception!.values[0]!.value)
    const expected = Array.from({ length: 6 }, (_, n) => `heavy ${n}`)
    await expect.poll(() => new Set(values().slice(1))).toEqual(new Set(expected))
    const [, ...heavy] = ingest.events()
    expect(heavy.some((event) => event.contexts?.['shed'])).toBe(true)
    for (const event of heavy) expect(event.exception!.values[0]!.stacktrace!.frames.length).toBeGreaterThan(0)
  })

  test('an error thrown while the page leaves arrives', async () => {
    await run('leave()')
    await expect.poll(() => driver.evaluate('document.title')).toBe('other')
    await expect.poll(() => ingest.events().length).toBeGreaterThan(0)
    expect(new Set(ingest.events().map((event) => event.event_id)).size).toBe(1)
  })
})
