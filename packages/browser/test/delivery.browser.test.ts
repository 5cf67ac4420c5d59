import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { stored } from './harness/buffer.ts'
import { useSite } from './harness/site.ts'

const site = useSite()

const messages = (): string[] =>
  site.ingest.events().map((event) => event.exception?.values.at(-1)?.value ?? event.message ?? '')

const ingestedIds = (): Set<string> => new Set(site.ingest.events().map((event) => event.event_id))

const waiting = (page: Page): Promise<number> => page.evaluate('Foghorn.stats().waiting') as Promise<number>

const databases = (page: Page): Promise<(string | undefined)[]> =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))

test('nothing is stored before the first event', async () => {
  await site.page.clock.install()
  const page = await site.open()
  await page.clock.runFor(60_000)
  expect(await databases(page)).toEqual([])
  expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', 0, 0])
})

test('an event is in the buffer before it is sent, and gone when it has arrived', async () => {
  const page = await site.open()
  let storedAtFirstRequest: Promise<number> | undefined
  await page.route('**/envelope/**', async (route) => {
    storedAtFirstRequest ??= stored(page)
    await storedAtFirstRequest
    await route.continue()
  })
  await site.run('throw new Error("write ahead")')
  await site.firstEvent()
  expect(await storedAtFirstRequest).toBe(1)
  await expect.poll(() => stored(page)).toBe(0)
})

test('thrown offline, arrives exactly once after the network is back', async () => {
  const page = await site.open()
  await site.run('0')
  await page.evaluate(() => setTimeout(() => dispatchEvent(new Event('go'))))
  await page.evaluate('addEventListener("go", () => { throw new Error("offline") })')
  await site.context.setOffline(true)
  await page.evaluate(() => dispatchEvent(new Event('go')))
  await expect.poll(() => stored(page)).toBe(1)
  expect(messages()).toEqual([])
  await site.context.setOffline(false)
  await site.events(1)
  await expect.poll(() => stored(page)).toBe(0)
})

test('thrown while the service is dead, arrives after a reload, under one ID', async () => {
  const page = await site.open()
  site.ingest.answer = () => 'dropped'
  await site.run('throw new Error("kept")')
  await expect.poll(() => stored(page)).toBe(1)
  await page.goto('about:blank')
  site.ingest.answer = () => ({ status: 200 })
  await page.goto(site.pages.url)
  await expect.poll(() => ingestedIds().size).toBe(1)
  await expect.poll(() => stored(page)).toBe(0)
  // The page that went may have sent it too, without hearing the answer: under the same ID.
  expect(ingestedIds().size).toBe(1)
  expect(new Set(messages())).toEqual(new Set(['kept']))
})

test.each([500, 503, 408, 429])('what was answered with %d is sent again later', async (status) => {
  const page = await site.open()
  let answers = 0
  site.ingest.answer = () => {
    answers += 1
    return answers === 1 ? { status, headers: { 'retry-after': '1' } } : { status: 200 }
  }
  await site.run('throw new Error("again")')
  await site.events(1)
  await expect.poll(() => stored(page)).toBe(0)
  expect(answers).toBe(2)
})

test('an answer that was lost leads to the same event ID again, so the service can tell', async () => {
  await site.open()
  let answers = 0
  site.ingest.answer = () => ((answers += 1) === 1 ? 'lost' : { status: 200 })
  await site.run('throw new Error("twice on the wire")')
  await site.events(2)
  const ids = site.ingest.events().map((event) => event.event_id)
  expect(new Set(ids).size).toBe(1)
})

test.each([400, 403, 413])('what was refused with %d is dropped, and reported', async (status) => {
  const page = await site.open()
  site.ingest.answer = (body) => (body.includes('client_report') ? { status: 200 } : { status })
  await site.run('throw new Error("refused")')
  await expect.poll(() => page.evaluate('Foghorn.stats().dropped["send_error error"]')).toBe(1)
  await page.evaluate('Foghorn.flush()')
  await expect.poll(() => site.ingest.items.length).toBe(1)
  expect(site.ingest.items[0]).toMatchObject({
    type: 'client_report',
    payload: { discarded_events: [{ reason: 'send_error', category: 'error', quantity: 1 }] },
  })
  expect(await stored(page)).toBe(0)
})

test('a rate limit of a category holds that category back, and only that', async () => {
  const page = await site.open()
  site.ingest.answer = () => ({ status: 200, headers: { 'x-sentry-rate-limits': '2:error:project' } })
  await site.run('throw new Error("first")')
  await site.events(1)
  const began = Date.now()
  await site.run('throw new Error("second")')
  await expect.poll(() => stored(page)).toBe(1)
  await site.events(2)
  expect(Date.now() - began).toBeGreaterThan(1000)
})

test.each([
  ['in the same task', 'setTimeout(() => { location.href = "/other.html"; throw new Error("leaving") })'],
  [
    'in the next task',
    'setTimeout(() => { setTimeout(() => { location.href = "/other.html" }); throw new Error("leaving") })',
  ],
])('an error thrown and then navigated away from %s arrives', async (_when, code) => {
  site.pages.files.set('/other.html', { body: 'other' })
  for (let round = 1; round <= 3; round += 1) {
    const page = await site.open()
    await site.run(code.replace('leaving', `leaving ${round}`))
    await page.waitForURL('**/other.html')
  }
  await expect.poll(() => new Set(messages()).size).toBe(3)
})

test('several tabs send each event once', async () => {
  await site.open()
  let refused = 0
  site.ingest.answer = () => {
    refused += 1
    return 'dropped'
  }
  const tabs = [site.page, await site.context.newPage(), await site.context.newPage()]
  for (const tab of tabs) if (tab !== site.page) await tab.goto(site.pages.url)
  for (const [at, tab] of tabs.entries()) await site.run(`throw new Error("tab ${at}")`, tab)
  await expect.poll(() => stored(site.page)).toBe(3)
  // Each tab has tried twice, with keepalive and without, and waits now.
  await expect.poll(() => refused).toBeGreaterThanOrEqual(6)
  site.ingest.answer = () => ({ status: 200 })
  await Promise.all(tabs.map((tab) => tab.evaluate(() => dispatchEvent(new Event('online')))))
  await expect.poll(() => stored(site.page)).toBe(0)
  expect(messages().toSorted()).toEqual(['tab 0', 'tab 1', 'tab 2'])
})

test.each([
  ['is missing', 'delete globalThis.indexedDB; Object.defineProperty(globalThis, "indexedDB", { value: undefined })'],
  ['throws', 'indexedDB.open = IDBFactory.prototype.open = () => { throw new Error("denied") }'],
  [
    'never answers',
    `const { open } = IDBFactory.prototype
    IDBFactory.prototype.open = function (...args) {
      return Object.assign(open.apply(this, args), { addEventListener() {} })
    }`,
  ],
])('where IndexedDB %s, events arrive all the same', async (_how, script) => {
  await site.page.addInitScript(script)
  const page = await site.open()
  await site.run('throw new Error("no store")')
  await site.events(1)
  await expect.poll(() => waiting(page)).toBe(0)
})

test('500 equal errors are two events: the first at once, the others as a count', async () => {
  const page = await site.open()
  await site.run('for (let i = 0; i < 500; i++) setTimeout(() => { throw new Error("flood") })')
  await site.events(1)
  await expect.poll(() => page.evaluate('Foghorn.stats().dropped["repeat error"]')).toBe(499)
  await page.evaluate('Foghorn.flush()')
  const [first, merged] = await site.events(2)
  expect(merged!.exception).toEqual(first!.exception)
  expect(merged!.contexts).toMatchObject({ repeats: { count: 499 } })
  expect(merged!.event_id).not.toBe(first!.event_id)
})

test('500 different errors stay within the budget of a minute, the rest is counted', async () => {
  const page = await site.open({ maxEventsPerMinute: 20 })
  await site.run('for (let i = 0; i < 500; i++) setTimeout(() => { throw new Error("flood " + i) })')
  await site.events(20)
  await expect.poll(() => page.evaluate('Foghorn.stats().dropped["flood error"]')).toBe(480)
  await page.evaluate('Foghorn.flush()')
  await expect.poll(() => site.ingest.items.length).toBe(21)
  expect(site.ingest.items[20]!.payload.discarded_events).toEqual([
    { reason: 'flood', category: 'error', quantity: 480 },
  ])
})

test('a tunnel gets the DSN in the envelope, and no key in its address', async () => {
  const tunnel = `${site.ingest.url}/t`
  await site.open({ tunnel })
  const request = site.page.waitForRequest(tunnel)
  await site.run('throw new Error("tunnelled")')
  await request
  await site.events(1)
  expect(JSON.parse(site.ingest.bodies[0]!.split('\n')[0]!)).toMatchObject({ dsn: site.ingest.dsn })
})

test('an event never weighs more than a page may send while it goes', async () => {
  await site.open()
  await site.run('for (let i = 0; i < 60; i++) console.log("x".repeat(3000)); throw new Error("heavy")')
  await site.firstEvent()
  expect(site.ingest.bodies[0]!.length).toBeLessThan(16_000)
})

test('an error thrown as the page goes, while the service is dead, is kept for the next page', async () => {
  site.pages.files.set('/other.html', { body: 'other' })
  const page = await site.open()
  site.ingest.answer = () => 'dropped'
  await site.run('setTimeout(() => { location.href = "/other.html"; throw new Error("last words") })')
  await page.waitForURL('**/other.html')
  site.ingest.answer = () => ({ status: 200 })
  await page.goto(site.pages.url)
  await expect.poll(() => new Set(messages())).toEqual(new Set(['last words']))
  await expect.poll(() => page.evaluate('localStorage.length')).toBe(0)
})
