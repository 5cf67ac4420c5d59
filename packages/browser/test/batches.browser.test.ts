import { expect, test } from 'vitest'
import { stored } from './harness/buffer.ts'
import { useSite } from './harness/site.ts'

const site = useSite()

const BURST = `for (let n = 0; n < 30; n++) setTimeout(() => { throw new Error('burst ' + n) })`
const values = (): string[] => site.ingest.events().map((event) => event.exception!.values[0]!.value!)
const expected = Array.from({ length: 30 }, (_, n) => `burst ${n}`).toSorted()

test('events that come in a row travel together once the service has said that it takes them so', async () => {
  await site.open({ maxEventsPerMinute: 100 })
  await site.run('throw new Error("first")')
  await site.firstEvent()
  await site.run(BURST)
  await site.events(31)
  expect(values().slice(1).toSorted()).toEqual(expected)
  expect(site.ingest.bodies.length).toBeLessThan(8)
})

test('a service that says nothing of the kind gets one event in each envelope', async () => {
  site.ingest.answer = () => ({ status: 200, headers: { 'x-foghorn-batch': '' } })
  await site.open({ maxEventsPerMinute: 100 })
  await site.run(BURST)
  await site.events(30)
  expect(values().toSorted()).toEqual(expected)
  expect(site.ingest.bodies).toHaveLength(30)
})

test('what is large goes compressed once the service has said that it takes that', async () => {
  await site.open()
  const large = `Foghorn.captureException(new Error('large'), { extra: { rows: Array(200).fill('the same again '.repeat(20)) } })`
  await site.page.evaluate(large.replaceAll('large', 'first'))
  await site.firstEvent()
  await site.page.evaluate(large)
  await site.events(2)
  const { bodies, sizes } = site.ingest
  expect(sizes[0]).toBe(bodies[0]!.length)
  expect(sizes[1]).toBeLessThan(bodies[1]!.length / 2)
})

test('what is too heavy for a page that goes leaves its breadcrumbs and data behind, and says so', async () => {
  await site.open({ beforeSend: undefined })
  await site.page.evaluate(`Foghorn.setExtra('kept', 'small')
    for (let n = 0; n < 60; n++) Foghorn.addBreadcrumb({ message: 'm', data: { a: 'x'.repeat(900), b: 'y'.repeat(900) } })
    Foghorn.captureException(new Error('heavy'))`)
  const event = await site.firstEvent()
  expect(event.exception!.values[0]!.value).toBe('heavy')
  expect(JSON.stringify(event).length).toBeLessThan(28_000)
  expect(event.contexts).toMatchObject({ shed: { steps: 2 } })
  expect(event.extra).toEqual({ kept: 'small' })
})

test('in a flood the first errors tell the whole trail and the others its end', async () => {
  await site.open({ maxEventsPerMinute: 100 })
  await site.run(`for (let n = 0; n < 60; n++) Foghorn.addBreadcrumb({ message: 'step ' + n })\n${BURST}`)
  const sent = (await site.events(30)).toSorted((one, two) => one.timestamp! - two.timestamp!)
  const trails = sent.map(({ breadcrumbs }) => breadcrumbs!.map(({ message }) => message))
  const whole = Array.from({ length: 60 }, (_, n) => `step ${n}`)
  expect(trails[0]).toEqual(whole)
  expect(trails.at(-1)).toEqual(whole.slice(-8))
  for (const trail of trails) expect(trail).toEqual(whole.slice(-trail.length))
  expect(sent[0]!.contexts!['shed']).toBeUndefined()
  expect(sent.at(-1)!.contexts!['shed']).toEqual({ breadcrumbs: 52 })
})

test('the errors of a patched function blame whoever called it', async () => {
  await site.open()
  await site.run('function order() { return fetch("http://") }\nasync function pay() { await order() }\npay()')
  const event = await site.firstEvent()
  const frames = event.exception!.values[0]!.stacktrace!.frames
  expect(frames.at(-1)).toMatchObject({ function: 'order', lineno: 1 })
  expect(frames.filter((frame) => frame.filename!.includes('foghorn'))).toEqual([])
})

test('stats() tells what arrived, and when', async () => {
  const page = await site.open()
  expect(await page.evaluate('Foghorn.stats()')).toEqual({ accepted: 0, sent: 0, waiting: 0, dropped: {} })
  await site.run('throw new Error("counted")')
  await expect.poll(() => page.evaluate('Foghorn.stats().sent')).toBe(1)
  const now = Date.now()
  const { lastSentAt, ...stats } = (await page.evaluate('Foghorn.stats()')) as { lastSentAt: number }
  expect(stats).toEqual({ accepted: 1, sent: 1, waiting: 0, dropped: {} })
  expect(Math.abs(now - lastSentAt)).toBeLessThan(60_000)
})

test('requests go through a transport of the page', async () => {
  site.pages.files.set('/', {
    body: `<!doctype html><script src="/foghorn.min.js"></script><script>
      globalThis.requests = []
      Foghorn.init({ dsn: '${site.ingest.dsn}', transport: async (url, init) => {
        requests.push([url, init.method])
        return new Response('{}')
      } })
      Foghorn.captureMessage('by hand')</script>`,
  })
  await site.page.goto(site.pages.url)
  await expect.poll(() => site.page.evaluate('requests.length')).toBe(1)
  expect(await site.page.evaluate('requests[0][1]')).toBe('POST')
  await expect.poll(() => site.page.evaluate('Foghorn.stats().sent')).toBe(1)
  expect(site.ingest.items).toEqual([])
})

const SEND_FILE = `Foghorn.addSource((emit) => {
  const bytes = new TextEncoder().encode('{"picture":1}')
  const header = '\\n{"type":"attachment","length":' + bytes.length + ',"filename":"shot.json"}\\n'
  emit.send({ type: 'feedback', id: 'f'.repeat(32), payload: { message: 'look' }, rest: new Blob([header, bytes]) })
  return () => {}
})`

/** What arrived; the page that went may have sent it too: the same items under the same ID. */
const told = (): string[] => [
  ...new Set(site.ingest.items.map(({ type, payload }) => `${type} ${JSON.stringify(payload)}`)),
]

test('a file travels with the item that it belongs to', async () => {
  const page = await site.open()
  site.ingest.answer = () => 'dropped'
  await page.evaluate(SEND_FILE)
  await expect.poll(() => stored(page)).toBe(1)
  site.ingest.answer = () => ({ status: 200 })
  await page.goto(site.pages.url)
  await expect.poll(told).toEqual(['feedback {"message":"look"}', 'attachment {"picture":1}'])
})

test('a file that could not be written before the page went does not take its item along', async () => {
  await site.page.addInitScript(`if (location.pathname === '/first') {
    IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }
  }`)
  const page = await site.open()
  site.pages.files.set('/first', site.pages.files.get('/')!)
  site.ingest.answer = () => 'dropped'
  await page.goto(`${site.pages.url}/first`)
  await page.evaluate(SEND_FILE)
  await expect.poll(() => page.evaluate('Foghorn.stats().waiting')).toBe(1)
  await page.goto(`${site.pages.url}/nowhere`)
  expect(await page.evaluate('localStorage.length')).toBe(1)
  site.ingest.answer = () => ({ status: 200 })
  await page.goto(site.pages.url)
  await expect.poll(told).toEqual(['feedback {"message":"look"}'])
})
