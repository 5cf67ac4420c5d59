import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openInbox } from '../src/adapters/sqlite/inbox.ts'
import type { EventJson } from '../src/api/event-shapes.ts'
import { inboxFile } from '../src/data-folder.ts'
import { createBackpressure, PRESSURE_LIMITS } from '../src/ingest/backpressure.ts'
import { envelope, errorEvent, newEventId, startService, type TestService } from './harness.ts'

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const decide = async (settings: object): Promise<void> => {
  const answer = await service.request('/api/0/projects/acme/shop/ingest-settings/', {
    method: 'PUT',
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  })
  expect(answer.status).toBe(200)
}

const send = (text = envelope(errorEvent())): Promise<Response> => service.post(service.envelopePath, text)

const outcomes = async (): Promise<string[]> => {
  await service.turnedAway.flush()
  await service.digest()
  const counted = await service.stores.outcomes.list(service.project.id)
  return counted.map(({ category, outcome, reason, quantity }) => `${category} ${outcome} ${reason} ${quantity}`)
}

const session = JSON.stringify({
  sid: 'a'.repeat(32),
  init: true,
  started: '2026-11-21T11:59:00Z',
  status: 'ok',
  attrs: { release: 'shop@1' },
})

describe('a quota', () => {
  test('lets so many events in each minute, tells until when, and counts the rest', async () => {
    await decide({ eventsPerMinute: 2 })
    const statuses = [await send(), await send(), await send()].map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 429])
    const refused = await send()
    expect(refused.headers.get('x-sentry-rate-limits')).toBe('60:error;default:project:quota')
    expect(refused.headers.get('access-control-expose-headers')).toContain('x-sentry-rate-limits')
    // A bare Retry-After would silence sessions and feedback too.
    expect(refused.headers.get('retry-after')).toBeNull()
    service.clock.now += 60_000
    expect((await send()).status).toBe(200)
    expect(await outcomes()).toEqual(['error accepted  3', 'error limited quota 2'])
  })

  test('for events lets a session of the same envelope through', async () => {
    await decide({ eventsPerMinute: 1 })
    await send()
    const both = `${envelope(errorEvent())}\n{"type":"session"}\n${session}`
    const answer = await send(both)
    expect([answer.status, answer.headers.get('x-sentry-rate-limits')]).toEqual([200, '60:error;default:project:quota'])
    expect(await outcomes()).toEqual(['error accepted  1', 'error limited quota 1', 'session accepted  1'])
  })

  test('may be one for each key', async () => {
    await decide({ eventsPerMinuteAndKey: 1 })
    await send()
    expect((await send()).headers.get('x-sentry-rate-limits')).toBe('60:error;default:key:key_quota')
  })
})

test('what is never kept need not be sent: the answer to it says so', async () => {
  const answer = await send('{}\n{"type":"replay_recording","length":2}\n{}')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('x-sentry-rate-limits')).toBe(
    '3600:monitor;replay;log_item;trace_metric;profile;profile_chunk:organization:unsupported',
  )
})

test('a full disk closes the door for everything until there is room', async () => {
  service.clock.freeBytes = 1000
  const refused = await send()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30'])
  expect(refused.headers.get('x-sentry-rate-limits')).toBe('30::organization:disk')
  service.clock.freeBytes = Infinity
  service.clock.now += 1000
  expect((await send()).status).toBe(200)
  expect(await outcomes()).toEqual(['error accepted  1', 'error limited disk 1'])
})

describe('a backlog', () => {
  test('of more requests than can be digested soon closes the door until it is digested', async () => {
    await send()
    // As if a million had come in between: numbers are handed out in order.
    const inbox = openInbox(inboxFile(service.data))
    inbox.exec(`UPDATE sqlite_sequence SET seq = ${PRESSURE_LIMITS.items + 1} WHERE name = 'inbox'`)
    inbox.close()
    await send()
    service.clock.now += 1000
    const refused = await send()
    expect([refused.status, refused.headers.get('x-sentry-rate-limits')]).toEqual([429, '30::organization:backlog'])
    await service.digest()
    service.clock.now += 1000
    expect((await send()).status).toBe(200)
    expect(await outcomes()).toEqual(['error accepted  3', 'error limited backlog 1'])
  })

  test('of too many bytes closes it too', async () => {
    const load = { items: 1, bytes: PRESSURE_LIMITS.bytes }
    const press = createBackpressure(
      { load: async () => load },
      async () => Infinity,
      () => service.clock.now,
    )
    expect(await press()).toBeUndefined()
    load.bytes += 1
    service.clock.now += 1000
    expect(await press()).toMatchObject({ status: 429, limits: [{ reason: 'backlog', seconds: 30 }] })
  })

  test('that does not answer closes it until it does', async () => {
    const inbox = { load: () => Promise.reject<{ items: number; bytes: number }>(new Error('away')) }
    const press = createBackpressure(
      inbox,
      async () => Infinity,
      () => service.clock.now,
    )
    expect(await press()).toMatchObject({ status: 503, limits: [{ reason: 'inbox', seconds: 30 }] })
    inbox.load = async () => ({ items: 1, bytes: 1 })
    service.clock.now += 1000
    expect(await press()).toBeUndefined()
  })
})

test('an item that is too large costs the others nothing', async () => {
  const large = `{"type":"event"}\n${JSON.stringify({ message: 'x'.repeat(1024 * 1024) })}`
  const good = errorEvent()
  expect((await send(`${envelope(good)}\n${large}`)).status).toBe(200)
  expect(await outcomes()).toEqual(['error accepted  1', 'error limited too_large 1'])
})

test('many events come in one envelope, as many as the service says, and one that is broken is set aside alone', async () => {
  const answer = await send('{}')
  expect(answer.headers.get('x-foghorn-batch')).toBe('100; gzip')
  expect(answer.headers.get('access-control-expose-headers')).toContain('x-foghorn-batch')
  const events = Array.from({ length: 100 }, () => errorEvent())
  const items = events.map((event) => `{"type":"event"}\n${JSON.stringify(event)}`)
  items[20] = '{"type":"event"}\n{"broken'
  await send(['{}', ...items].join('\n'))
  expect(await outcomes()).toEqual(['error accepted  99', 'error failed unreadable 1'])
})

test('a tunnel needs no key but that of the envelope', async () => {
  const event = errorEvent()
  const dsn = `http://${service.publicKey}@foghorn.test/${service.project.id}`
  const answer = await service.post('/api/tunnel/', envelope(event, { dsn }))
  expect(answer.status).toBe(200)
  expect(await outcomes()).toEqual(['error accepted  1'])
  expect((await service.post('/api/tunnel/', envelope(event))).status).toBe(401)
  const elsewhere = `http://${service.publicKey}@foghorn.test/4242`
  expect((await service.post('/api/tunnel/', envelope(event, { dsn: elsewhere }))).status).toBe(403)
})

describe('a violation of the content security policy', () => {
  const path = (): string => service.envelopePath.replace('envelope', 'security')
  const violation = { 'document-uri': 'https://shop.test/cart', 'blocked-uri': 'https://evil.example/x.js?1' }

  test.each([
    ['report-uri', { 'csp-report': { ...violation, 'effective-directive': 'script-src-elem' } }],
    [
      'report-to',
      [
        {
          type: 'csp-violation',
          body: {
            documentURL: 'https://shop.test/cart',
            blockedURL: 'https://evil.example/x.js?1',
            effectiveDirective: 'script-src-elem',
          },
        },
      ],
    ],
  ])('is an event in the form of %s', async (_form, report) => {
    expect((await service.post(path(), JSON.stringify(report))).status).toBe(200)
    await service.digest()
    expect(service.told[0]!.event.headline.title).toBe('Blocked script-src-elem from https://evil.example')
  })

  test('is refused when it is none', async () => {
    expect((await service.post(path(), '{"csp-report":7}')).status).toBe(400)
  })
})

describe('a filter of the project', () => {
  const stack = (...files: string[]) => ({ frames: files.map((filename) => ({ filename, lineno: 1, colno: 1 })) })
  const thrown = (value: string, ...files: string[]) => ({
    exception: { values: [{ type: 'Error', value, stacktrace: stack(...files) }] },
  })
  const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
  const IE = 'Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko'

  test.each([
    ['extension', {}, thrown('x', 'https://shop.test/a.js', 'chrome-extension://abc/inject.js')],
    ['crawler', { filterCrawlers: true }, { request: { headers: { 'User-Agent': BOT } } }],
    ['localhost', { filterLocalhost: true }, { request: { url: 'http://localhost:3000/cart' } }],
    ['legacy-browser', { filterLegacyBrowsers: true }, { request: { headers: { 'User-Agent': IE } } }],
    ['hydration', { filterHydration: true }, thrown('Minified React error #418; visit https://react.dev')],
    ['third-party', { ownScripts: ['https://shop.test/*'] }, thrown('x', 'https://ads.example/ad.js')],
    ['release', { filteredReleases: ['*-dev'] }, { release: 'shop@1-dev' }],
    ['message', { filteredMessages: ['*resizeobserver loop*'] }, thrown('ResizeObserver loop limit exceeded')],
  ])('leaves out and counts: %s', async (reason, settings, event) => {
    await decide(settings)
    await send(envelope(errorEvent(event)))
    await send(envelope(errorEvent(thrown('mine', 'https://shop.test/a.js'))))
    expect(await outcomes()).toEqual(['error accepted  1', `error filtered ${reason} 1`])
  })
})

test('dead letters can be looked at without their secrets, tried again, and thrown away', async () => {
  const path = '/api/0/projects/acme/shop/dead-letters/'
  const head = { event_id: newEventId() }
  await send(`${JSON.stringify(head)}\n{"type":"event"}\n{"broken":"password=tellnobody99"`)
  await service.digest()
  const list = async () => (await (await service.read(path)).json()) as { id: string; reason: string }[]
  const [letter] = await list()
  expect(letter!.reason).toBe('The event is not JSON.')
  const download = await service.read(`${path}${letter!.id}/envelope/`)
  expect(download.headers.get('content-disposition')).toContain('attachment')
  const text = await download.text()
  expect(text).toContain('{"broken":"password=[Filtered]')
  expect(text).not.toContain('tellnobody99')

  const act = (method: string, suffix: string) =>
    service.request(`${path}${suffix}`, { method, headers: { authorization: `Bearer ${service.token}` } })
  expect((await act('POST', `${letter!.id}/replay/`)).status).toBe(202)
  expect(await list()).toEqual([])
  await service.digest()
  const [again] = await list()
  expect((await act('DELETE', `${again!.id}/`)).status).toBe(204)
  expect((await act('DELETE', `${again!.id}/`)).status).toBe(404)
})

test('browser and system of an event are read from the user agent', async () => {
  const agent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'
  const event = errorEvent({ request: { headers: { 'User-Agent': agent } } })
  await send(envelope(event))
  await service.digest()
  const read = (await (await service.read(`/api/0/projects/acme/shop/events/${event.event_id}/`)).json()) as EventJson
  expect(read.contexts).toMatchObject({
    browser: { name: 'Chrome', version: '156.0.0.0' },
    os: { name: 'Linux' },
    device: { type: 'desktop' },
  })
})

test('an event that is too large is counted at the older address too', async () => {
  const body = JSON.stringify({ message: 'x'.repeat(1024 * 1024) })
  const { status } = await service.post(service.envelopePath.replace('/envelope/', '/store/'), body)
  expect(status).toBe(413)
  expect(await outcomes()).toEqual(['error limited too_large 1'])
})

test.each([{}, { event_id: 'none' }, { event_id: null }])(
  'a single event without an ID is told the one under which it is found: %j',
  async (fields) => {
    const body = JSON.stringify({ message: 'alone', ...fields })
    const response = await service.post(service.envelopePath.replace('/envelope/', '/store/'), body)
    const { id } = (await response.json()) as { id: string }
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    await service.digest()
    expect((await service.read(`/api/0/projects/acme/shop/events/${id}/`)).status).toBe(200)
  },
)
