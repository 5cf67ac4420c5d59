import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ErrorBudgetJson, ReportJson, ResponsesJson, StatisticsJson } from '../src/api/statistics-shapes.ts'
import { envelope, errorEvent, NOON, startService, type TestEvent, type TestService } from './harness.ts'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'
const HOUR = 3_600_000
const DAY = 24 * HOUR

let service: TestService

const failure = (value: string, hoursAgo: number, fields: TestEvent = {}): TestEvent =>
  errorEvent({
    timestamp: (NOON - hoursAgo * HOUR) / 1000,
    exception: { values: [{ type: 'TypeError', value }] },
    ...fields,
  })

const chrome = { request: { url: 'https://shop.test/', headers: { 'User-Agent': CHROME } } }

const EVENTS = [
  failure('cart is empty', 30, chrome),
  failure('cart is empty', 3, chrome),
  failure('cart is empty', 3, { environment: 'staging' }),
  failure('=1+1 <script>alert(1)</script> "quoted"', 2, { level: 'fatal' }),
  failure('Failed to fetch', 200),
]

const session = (sid: string, status: string, hoursAgo: number): string =>
  [
    '{}',
    '{"type":"session"}',
    JSON.stringify({
      sid,
      init: true,
      status,
      started: new Date(NOON - hoursAgo * HOUR).toISOString(),
      attrs: { release: 'shop@1', environment: 'production' },
    }),
  ].join('\n')

beforeAll(async () => {
  service = await startService()
  for (const event of EVENTS) await service.post(service.envelopePath, envelope(event))
  await service.digest()
})
afterAll(() => service.close())

const change = (method: string, path: string, body: object): Promise<Response> =>
  service.request(`/api/0${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
  })

const read = async <Body>(path: string): Promise<Body> => {
  const response = await service.read(`/api/0/projects/acme/shop/${path}`)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.json()) as Body
}

const totals = ({ groups }: StatisticsJson): Record<string, number> =>
  Object.fromEntries(groups.map(({ by, totals }) => [Object.values(by)[0]!, totals['sum(quantity)']]))

describe('statistics', () => {
  test.each([
    ['level', '24h', { error: 2, fatal: 1 }],
    ['level', '2d', { error: 3, fatal: 1 }],
    ['environment', '2d', { production: 3, staging: 1 }],
    ['browser', '2d', { Chrome: 2, unknown: 2 }],
    ['category', '14d', { code: 4, network: 1 }],
    ['severity', '14d', { critical: 1, medium: 4 }],
  ])('count events by %s in %s', async (by, period, expected) => {
    expect(totals(await read(`statistics/?by=${by}&statsPeriod=${period}`))).toEqual(expected)
  })

  test('come by the hour or by the day, with zeros between', async () => {
    const hours = await read<StatisticsJson>('statistics/?statsPeriod=4h')
    expect(hours.intervals.slice(0, 2)).toEqual(['2026-11-21T08:00:00.000Z', '2026-11-21T09:00:00.000Z'])
    expect(hours.groups.map(({ series }) => series['sum(quantity)'])).toEqual([
      [0, 2, 0, 0, 0],
      [0, 0, 1, 0, 0],
    ])
    const days = await read<StatisticsJson>('statistics/?statsPeriod=2d&interval=1d&by=environment')
    expect(days.intervals.map((at) => at.slice(0, 10))).toEqual(['2026-11-19', '2026-11-20', '2026-11-21'])
    expect(days.groups[0]!.series['sum(quantity)']).toEqual([0, 1, 2])
  })

  test('refuse more steps than an answer should have', async () => {
    const response = await service.read('/api/0/projects/acme/shop/statistics/?statsPeriod=365d')
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ errors: { interval: [expect.stringContaining('Ask for 1d')] } }),
    ])
  })

  test("answer Sentry's clients by what became of events", async () => {
    const since = (NOON - 3 * HOUR) / 1000
    const received = await read<[number, number][]>(`stats/?stat=received&since=${since}&until=${NOON / 1000 + 1}`)
    expect(received.at(-1)).toEqual([NOON / 1000, 5])
    expect(await read<[number, number][]>('stats/?stat=blacklisted&resolution=1d')).toEqual(
      expect.arrayContaining([[Date.parse('2026-11-21') / 1000, 0]]),
    )
  })
})

describe('response times', () => {
  test('run from when an issue appeared or came back', async () => {
    const [issue] = (await (await service.read('/api/0/projects/acme/shop/issues/?query=cart')).json()) as {
      id: string
    }[]
    const path = `/organizations/acme/issues/${issue!.id}/`
    expect((await change('PUT', path, { status: 'resolved' })).status).toBe(200)
    const once = await read<ResponsesJson>('response-times/')
    expect([once.resolve, once.acknowledge.count]).toEqual([
      { count: 1, mean: 30 * 3600, p50: 30 * 3600, p95: 30 * 3600 },
      1,
    ])
    expect(once.acknowledge.mean).toBe(30 * 3600)

    service.clock.now = NOON + HOUR
    await change('PUT', path, { status: 'unresolved' })
    service.clock.now = NOON + 3 * HOUR
    await change('PUT', path, { status: 'resolved' })
    const twice = await read<ResponsesJson>('response-times/')
    expect(twice.resolve).toEqual({ count: 2, mean: 16 * 3600, p50: 2 * 3600, p95: 30 * 3600 })
    expect(await read<ResponsesJson>('response-times/?statsPeriod=1h')).toMatchObject({
      acknowledge: { count: 0, mean: null, p50: null, p95: null },
    })
    service.clock.now = NOON
  })
})

describe('an error budget', () => {
  const budget = () => read<ErrorBudgetJson>('error-budget/')

  test('is none until the project has chosen an objective', async () => {
    expect(await budget()).toEqual({ objective: null, budget: null })
  })

  test('of errors burns with those that come', async () => {
    await change('PUT', '/projects/acme/shop/error-budget/', { kind: 'errors', target: 2, windowDays: 10 })
    const { budget: left } = await budget()
    expect(left).toMatchObject({ allowed: 20, spent: 5, remaining: 0.75 })
    expect(left!.burnRates).toEqual([
      { hours: 1, rate: 0 },
      { hours: 6, rate: 3 / 0.5 },
      { hours: 24, rate: 1.5 },
      { hours: 72, rate: 4 / 6 },
    ])
    expect(left!.days).toHaveLength(11)
    expect(left!.days.filter(({ bad }) => bad > 0)).toEqual([
      { day: '2026-11-13', all: 1, bad: 1 },
      { day: '2026-11-20', all: 1, bad: 1 },
      { day: '2026-11-21', all: 3, bad: 3 },
    ])
    expect(left!.dateExhausted).toBe(new Date(NOON + 5 * DAY).toISOString())
  })

  test('of sessions burns with those that crash, each once however often it is told', async () => {
    await change('PUT', '/projects/acme/shop/error-budget/', {
      kind: 'crash-free-sessions',
      target: 0.9,
      windowDays: 7,
    })
    expect((await budget()).budget).toMatchObject({ spent: 0, remaining: null, dateExhausted: null })
    const sessions = [
      session('00000000-0000-4000-8000-000000000001', 'ok', 50),
      session('00000000-0000-4000-8000-000000000002', 'crashed', 2),
      session('00000000-0000-4000-8000-000000000002', 'crashed', 2),
      session('00000000-0000-4000-8000-000000000003', 'ok', 2),
      session('00000000-0000-4000-8000-000000000003', 'exited', 2),
      session('00000000-0000-4000-8000-000000000004', 'ok', 2),
    ]
    for (const one of sessions) await service.post(service.envelopePath, one)
    await service.digest()
    const { budget: left } = await budget()
    expect(left!.allowed).toBeCloseTo(0.4)
    expect(left!.spent).toBe(1)
    expect(left!.burnRates.map(({ rate }) => rate && Number(rate.toFixed(2)))).toEqual([null, 3.33, 3.33, 2.5])
    expect(left!.remaining).toBeCloseTo(-1.5)
  })

  test.each([
    [{ kind: 'errors', target: 0 }, 'target'],
    [{ kind: 'crash-free-sessions', target: 1 }, 'target'],
    [{ kind: 'errors', target: 5, windowDays: 1000 }, 'windowDays'],
    [{ kind: 'happiness', target: 1 }, 'kind'],
  ])('refuses %j', async (objective, field) => {
    const response = await change('PUT', '/projects/acme/shop/error-budget/', objective)
    expect([response.status, Object.keys(((await response.json()) as { errors: object }).errors)]).toEqual([
      400,
      [field],
    ])
  })

  test('can be given up', async () => {
    expect((await change('DELETE', '/projects/acme/shop/error-budget/', {})).status).toBe(204)
    expect(await budget()).toEqual({ objective: null, budget: null })
  })
})

describe('a report', () => {
  test('tells what happened in a period, beside the one before', async () => {
    const told = await read<ReportJson>('report/?statsPeriod=7d')
    expect(told).toMatchObject({
      project: { slug: 'shop', name: 'Shop' },
      events: 4,
      eventsBefore: 1,
      issues: { appeared: 2 },
      byLevel: { error: 3, fatal: 1 },
      byBrowser: { Chrome: 2, unknown: 2 },
    })
    expect(told.topIssues.map(({ title, count }) => [title, count])).toEqual([
      ['TypeError: cart is empty', 3],
      ['TypeError: =1+1 <script>alert(1)</script> "quoted"', 1],
    ])
    expect(told.days.reduce((sum, { count }) => sum + count, 0)).toBe(4)
  })

  test('as a table quotes what could break it, and no cell is a formula', async () => {
    const response = await service.read('/api/0/projects/acme/shop/report/?format=csv&statsPeriod=7d')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="shop-2026-11-14-2026-11-21.csv"')
    const lines = (await response.text()).split('\r\n')
    expect(lines[0]).toBe(
      '"shortId","title","culprit","level","status","count","userCount","firstSeen","lastSeen","permalink"',
    )
    expect(lines[2]).toContain('"TypeError: =1+1 <script>alert(1)</script> ""quoted"""')
    expect(lines.join('\n')).not.toMatch(/"[=+@-]/)
  })

  test('as a page is safe to open and to print', async () => {
    const response = await service.read('/api/0/projects/acme/shop/report/?format=html&statsPeriod=7d')
    const page = await response.text()
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page).not.toContain('<script')
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot;')
    expect(page).toContain('@media print')
  })

  test('covers three months at most', async () => {
    const response = await service.read('/api/0/projects/acme/shop/report/?statsPeriod=100d')
    expect(response.status).toBe(400)
  })
})
