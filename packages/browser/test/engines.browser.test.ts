import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES, type Driver } from './harness/engines.ts'
import { startIngest, type Ingest } from './harness/ingest.ts'
import { pageWith, startPages, type Pages } from './harness/pages.ts'

describe.each(ENGINES)('$name', ({ missing, launch }) => {
  if (missing) return test.skip(`left out: ${missing}`, () => {})

  let driver: Driver
  let pages: Pages
  let ingest: Ingest

  beforeAll(async () => {
    driver = await launch()
    pages = await startPages()
  }, 60_000)
  afterAll(async () => {
    await driver.close()
    await pages.close()
  })
  beforeEach(async () => {
    ingest = await startIngest()
    pages.files.set('/app.js', {
      body: `function outer() { return inner() }
function inner() { return null.property }
function go() { setTimeout(outer) }
function reject() { Promise.reject(new TypeError('rejected')) }
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
  })

  const run = (call: string): Promise<unknown> => driver.evaluate(`void ${call}`)
  const events = async (count: number) => {
    await expect.poll(() => ingest.events().length, { timeout: 20_000 }).toBe(count)
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

  test('an event survives a dead service and a new page, under one ID', async () => {
    ingest.answer = () => 'dropped'
    await run('go()')
    await expect.poll(() => driver.evaluate('Foghorn.stats().accepted')).toBe(1)
    const count = `new Promise((resolve) => { const opening = indexedDB.open("foghorn-0123456789abcdef0123456789abcdef"); opening.onsuccess = () => { const all = opening.result.transaction("entries").objectStore("entries").count(); all.onsuccess = () => { opening.result.close(); resolve(all.result) } } })`
    await expect.poll(() => driver.evaluate(count)).toBe(1)
    ingest.answer = () => ({ status: 200 })
    await driver.goto(pages.url)
    // The old page sends it too as it goes, and cannot hear the answer any more.
    await expect.poll(() => driver.evaluate(count), { timeout: 20_000 }).toBe(0)
    expect(new Set(ingest.events().map((event) => event.event_id)).size).toBe(1)
  })

  test('an error thrown while the page leaves arrives', async () => {
    await run('leave()')
    await expect.poll(() => driver.evaluate('document.title')).toBe('other')
    await expect.poll(() => ingest.events().length, { timeout: 20_000 }).toBeGreaterThan(0)
    expect(new Set(ingest.events().map((event) => event.event_id)).size).toBe(1)
  })
})
