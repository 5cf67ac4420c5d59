import { expect, test } from 'vitest'
import { BUFFER, stored } from './harness/buffer.ts'
import { pageImporting } from './harness/pages.ts'
import { useSite } from './harness/site.ts'

const site = useSite()

const values = (): (string | undefined)[] => site.ingest.events().map((event) => event.exception?.values.at(-1)?.value)

const isUp = (): void => void (site.ingest.answer = () => ({ status: 200 }))
const isDown = (): void => void (site.ingest.answer = () => 'dropped')

const online = (): Promise<unknown> => site.page.evaluate('dispatchEvent(new Event("online"))')

test('what a page had in the buffer when it crashed is sent by the next', async () => {
  const page = await site.open()
  isDown()
  await site.run('throw new Error("before the crash")')
  await expect.poll(() => stored(page)).toBe(1)
  await page.goto('chrome://crash').catch(() => {})
  isUp()
  const next = await site.context.newPage()
  await next.goto(site.pages.url)
  await site.events(1)
  expect(values()).toEqual(['before the crash'])
  await expect.poll(() => stored(next)).toBe(0)
})

test('a page that starts offline sends what it meets once the network is there', async () => {
  isDown()
  const page = await site.open()
  await site.run('throw new Error("first")')
  await site.run('Promise.reject(new Error("second"))')
  await expect.poll(() => stored(page)).toBe(2)
  isUp()
  await online()
  await site.events(2)
  expect(values().toSorted()).toEqual(['first', 'second'])
})

test.each([
  [
    'is full',
    `IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError') }`,
  ],
  [
    'fails each write late',
    `IDBObjectStore.prototype.put = function (value) { this.transaction.abort(); return this.get(0) }`,
  ],
  [
    'is refused, and localStorage too',
    `IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }
     Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })`,
  ],
])('where IndexedDB %s, events arrive, and those that had to wait too', async (_how, script) => {
  await site.page.addInitScript(script)
  const page = await site.open()
  isDown()
  await site.run('throw new Error("waited")')
  await expect.poll(() => page.evaluate('Foghorn.stats().waiting')).toBe(1)
  isUp()
  await online()
  // An attempt that failed just now is made again in two seconds.
  await expect.poll(values).toContain('waited')
  await site.run('throw new Error("at once")')
  await expect.poll(values).toContain('at once')
  await expect.poll(() => page.evaluate('Foghorn.stats().waiting')).toBe(0)
  const ids = new Set(site.ingest.events().map((event) => event.event_id))
  expect(ids.size).toBe(2)
})

test('a buffer of a later version of the SDK is left alone, and events arrive', async () => {
  site.pages.files.set('/empty', { body: '' })
  await site.page.goto(`${site.pages.url}/empty`)
  await site.page.evaluate(
    `new Promise((resolve) => { indexedDB.open('${BUFFER}', 99).onsuccess = (event) => { event.target.result.close(); resolve() } })`,
  )
  const page = await site.open()
  await site.run('throw new Error("older")')
  await site.events(1)
  expect(await page.evaluate('indexedDB.databases().then(([database]) => database.version)')).toBe(99)
})

test.each([
  ['upgraded by another page', `indexedDB.open('${BUFFER}', 2)`, ['first', 'second']],
  // Whoever deletes the data of the site deletes what waits in it.
  ['deleted', `indexedDB.deleteDatabase('${BUFFER}')`, ['second']],
])('the buffer does not stand in the way of being %s, and later events arrive', async (_what, change, expected) => {
  const page = await site.open()
  let refused = 0
  site.ingest.answer = () => {
    refused += 1
    return { status: 503 }
  }
  await site.run('throw new Error("first")')
  await expect.poll(() => stored(page)).toBe(1)
  // What is on its way cannot be deleted.
  await expect.poll(() => refused).toBeGreaterThan(0)
  const done = page.evaluate(
    `new Promise((resolve) => { ${change}.onsuccess = ({ target }) => { target.result?.close(); resolve('changed') } })`,
  )
  expect(await done).toBe('changed')
  isUp()
  await site.run('throw new Error("second")')
  await online()
  await expect.poll(() => [...new Set(values())].toSorted()).toEqual(expected)
})

test.each([
  ['back by a month', -30],
  ['ahead by a day', 1],
])('an event waits on when the clock jumps %s', async (_how, days) => {
  const page = await site.open()
  isDown()
  await site.run('throw new Error("timeless")')
  await expect.poll(() => stored(page)).toBe(1)
  await page.clock.setFixedTime(Date.now() + days * 24 * 3_600_000)
  await page.goto(site.pages.url)
  isUp()
  await online()
  await expect.poll(() => new Set(values())).toEqual(new Set(['timeless']))
  await expect.poll(() => stored(page)).toBe(0)
})

test('what has waited for over a week is dropped, and reported', async () => {
  const page = await site.open()
  isDown()
  await site.run('throw new Error("stale")')
  await expect.poll(() => stored(page)).toBe(1)
  await page.goto('about:blank')
  await page.clock.setFixedTime(Date.now() + 8 * 24 * 3_600_000)
  await page.goto(site.pages.url)
  await expect.poll(() => stored(page)).toBe(0)
  isUp()
  await page.evaluate('Foghorn.flush()')
  await expect.poll(() => site.ingest.items.map(({ type }) => type)).toContain('client_report')
  const report = site.ingest.items.find(({ type }) => type === 'client_report')!
  expect(report.payload.discarded_events).toEqual([{ reason: 'cache_overflow', category: 'error', quantity: 1 }])
  expect(values()).toEqual([])
})

test('in a sandboxed frame, which has no storage at all, events arrive', async () => {
  await site.open({ sources: [] }, '<iframe sandbox="allow-scripts" src="/inner"></iframe>')
  site.pages.files.set('/inner', {
    body: `<script src="/foghorn.min.js"></script><script>Foghorn.init({ dsn: '${site.ingest.dsn}', release: 'shop@1' })
      setTimeout(() => { throw new Error('boxed in') })</script>`,
  })
  await site.page.goto(site.pages.url)
  await site.events(1)
  expect(values()).toEqual(['boxed in'])
})

test('flush tells whether all has arrived in time', async () => {
  const page = await site.open()
  isDown()
  await site.run('throw new Error("kept")')
  expect(await page.evaluate('Foghorn.flush(200)')).toBe(false)
  isUp()
  await expect.poll(() => page.evaluate('Foghorn.flush(1000)')).toBe(true)
  expect(values()).toEqual(['kept'])
})

test('after close() nothing is captured, until init() starts again', async () => {
  const page = await site.open()
  await page.evaluate('Foghorn.close()')
  await site.run('Promise.reject(new Error("unseen")); console.log("unseen"); throw new Error("unseen")')
  await page.evaluate(`Foghorn.init({ dsn: '${site.ingest.dsn}' })`)
  await site.run('throw new Error("seen")')
  const event = await site.firstEvent()
  expect(values()).toEqual(['seen'])
  expect(event.breadcrumbs ?? []).toEqual([])
})

test('from modules: thrown offline before the delivery chunk is there, and left, is sent by the next page', async () => {
  const code = `import { init } from '@foghorn/browser'
    init({ dsn: '${site.ingest.dsn}' })
    globalThis.started = true`
  site.pages.files.set('/', { body: pageImporting(code) })
  await site.context.route('**/delivery*.js', (route) => route.abort())
  isDown()
  await site.page.goto(site.pages.url)
  await site.page.waitForFunction('globalThis.started')
  await site.run('throw new Error("too early")')
  await site.page.goto('about:blank')
  await site.context.unroute('**/delivery*.js')
  isUp()
  await site.page.goto(site.pages.url)
  await expect.poll(() => new Set(values())).toEqual(new Set(['too early']))
})
