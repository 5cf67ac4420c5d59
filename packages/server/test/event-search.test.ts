import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventSummaryJson } from '../src/api/event-shapes.ts'
import type { ErrorJson } from '../src/api/shapes.ts'
import { envelope, errorEvent, NOON, ORIGIN, startService, type TestEvent, type TestService } from './harness.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'
const HOUR = 3_600_000

let service: TestService

const failure = (value: string, hoursAgo: number, fields: TestEvent = {}) =>
  errorEvent({
    timestamp: (NOON - hoursAgo * HOUR) / 1000,
    exception: { values: [{ type: 'TypeError', value }] },
    ...fields,
  })

const EVENTS = {
  a: failure('cart is empty', 5, { release: 'shop@1', user: { id: '7', email: 'ann@example.com' }, level: 'fatal' }),
  b: failure('cart is empty', 3, { request: { url: 'https://shop.test/pay', headers: { 'User-Agent': FIREFOX } } }),
  c: failure('cart is empty', 40, { tags: { plan: 'free' }, environment: 'staging' }),
  d: failure('Failed to fetch', 1, { release: 'shop@2', user: { ip_address: '203.0.113.7' } }),
}

const nameOf = (id: string): string => Object.entries(EVENTS).find(([, { event_id }]) => event_id === id)?.[0] ?? id

beforeAll(async () => {
  service = await startService()
  for (const event of Object.values(EVENTS)) await service.post(service.envelopePath, envelope(event))
  await service.digest()
})
afterAll(() => service.close())

const read = async (path: string): Promise<string> => {
  const response = await service.read(`/api/0${path}`)
  expect([path, response.status]).toEqual([path, 200])
  return ((await response.json()) as EventSummaryJson[]).map(({ eventID }) => nameOf(eventID)).join('')
}

const ofProject = (query: string, more = ''): Promise<string> =>
  read(`/projects/acme/shop/events/?query=${encodeURIComponent(query)}${more}`)

const cartIssue = async (): Promise<string> =>
  ((await (await service.read('/api/0/projects/acme/shop/issues/?query=cart')).json()) as { id: string }[])[0]!.id

describe('events', () => {
  test.each<[string, string]>([
    ['', 'dcba'],
    ['cart', 'cba'],
    ['!cart', 'd'],
    ['"is empty" release:shop@1', 'a'],
    ['release:shop@*', 'da'],
    ['!has:release', 'cb'],
    ['release:""', 'cb'],
    ['level:[fatal, error] has:user', 'da'],
    ['level:fatal', 'a'],
    ['user:ann@example.com', 'a'],
    ['user.id:7', 'a'],
    ['user.ip:203.0.*', 'd'],
    ['browser:firefox*', 'b'],
    ['environment:staging', 'c'],
    ['plan:free', 'c'],
    ['tags[plan]:f*', 'c'],
    ['category:network', 'd'],
    ['message:pay', 'b'],
    ['timestamp:-4h', 'db'],
    ['timestamp:<2026-11-20', 'c'],
    ['id:[00000000, 1]', ''],
  ])('of a project that are %j', async (query, names) => {
    expect(await ofProject(query)).toBe(names)
  })

  test('are found by their ID, with dashes or without', async () => {
    const { event_id: id } = EVENTS.b
    expect(await ofProject(`id:${id}`)).toBe('b')
    expect(await ofProject(`id:${id.slice(0, 8)}-${id.slice(8)}`)).toBe('b')
  })

  test('of an issue, within a period, page by page', async () => {
    const path = `/organizations/acme/issues/${await cartIssue()}/events/`
    expect(await read(path)).toBe('bac')
    expect(await read(`${path}?statsPeriod=24h`)).toBe('ba')
    expect(await read(`${path}?start=2026-11-19&end=2026-11-20T00:00:00Z`)).toBe('c')
    expect(await ofProject('', '&statsPeriod=2h')).toBe('d')
    expect(await ofProject('', '&start=2026-11-19&end=2026-11-20')).toBe('c')
    let seen = ''
    for (let url = `/api/0${path}?limit=1&query=!nothing`; url !== '';) {
      const response = await service.read(url)
      seen += ((await response.json()) as EventSummaryJson[]).map(({ eventID }) => nameOf(eventID)).join('')
      const [, next, results] = /<([^>]+)>; rel="next"; results="(\w+)"/.exec(response.headers.get('link')!)!
      url = results === 'true' ? next!.replace(ORIGIN, '') : ''
    }
    expect(seen).toBe('bac')
  })

  test.each([
    ['lvel:error', 'Column 1 of the search: there is no key lvel. Did you mean level:?'],
    ['release:>1', 'Column 1 of the search: release: cannot be compared with >. Only timestamp: can.'],
    ['timestamp:soon', 'Column 11 of the search: timestamp: needs a time'],
  ])('are not looked for by %s', async (query, message) => {
    const response = await service.read(`/api/0/projects/acme/shop/events/?query=${encodeURIComponent(query)}`)
    const { detail } = (await response.json()) as ErrorJson
    expect([response.status, detail.startsWith(message)]).toEqual([400, true])
  })

  test('that match rarely are looked for a bounded way at a time, and found in the end', async () => {
    const organization = (await service.stores.projects.organization('acme'))!
    const { id, ...busy } = (await service.stores.projects.create({
      organizationId: organization.id,
      slug: 'busy',
      name: 'Busy',
    }))!
    const [key] = await service.stores.projects.keys(id)
    const path = `/api/${id}/envelope/?sentry_version=7&sentry_key=${key!.publicKey}`
    await service.post(path, envelope(failure('the rare one', 1, { tags: { plan: 'rare' } })))
    for (let sent = 0; sent < 22; sent += 1) {
      const items = Array.from({ length: 50 }, () => ['{"type":"event"}', JSON.stringify(failure('the usual', 1))])
      await service.post(path, ['{}', ...items.flat()].join('\n'))
    }
    await service.digest()
    const first = await service.read(`/api/0/projects/acme/${busy.slug}/events/?query=plan:rare`)
    expect(await first.json()).toEqual([])
    const [, next] = /<([^>]+)>; rel="next"; results="true"/.exec(first.headers.get('link')!)!
    const second = (await (await service.read(next!.replace(ORIGIN, ''))).json()) as EventSummaryJson[]
    expect(second.map(({ title }) => title)).toEqual(['TypeError: the rare one'])
  })
})
