import { afterAll, beforeAll, expect, test } from 'vitest'
import type {
  BlamedJson,
  InboxJson,
  MeasurementSeriesJson,
  OutcomeSeriesJson,
  SessionSeriesJson,
} from '../src/api/figure-shapes.ts'
import { NOON, startService, type TestService } from './harness.ts'

let service: TestService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const send = async (header: object, payload: object): Promise<void> => {
  const text = ['{}', JSON.stringify(header), JSON.stringify(payload)].join('\n')
  expect((await service.post(service.envelopePath, text)).status).toBe(200)
}

const read = async <Body>(path: string): Promise<Body> => {
  await service.digest()
  const answer = await service.read(`/api/0/projects/acme/shop/${path}`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Body
}

const started = new Date(NOON - 60_000).toISOString()

test('sessions give the share that did not crash, each counted once by its worst state', async () => {
  const attrs = { release: 'shop@2', environment: 'production' }
  const session = (number: number, status: string, did?: string) =>
    send({ type: 'session' }, { sid: `${number}`.padStart(32, '0'), did, started, status, errors: 0, attrs })
  await session(1, 'ok', 'ada')
  // Newer clients say `unhandled`, older ones `crashed`; what comes later never makes it better.
  await session(1, 'unhandled', 'ada')
  await session(1, 'ok', 'ada')
  await session(2, 'crashed', 'ada')
  await session(3, 'ok', 'bob')
  await session(4, 'exited', 'bob')
  await send({ type: 'sessions' }, { aggregates: [{ started, exited: 5, crashed: 1 }], attrs })
  expect(await read('release-health/')).toEqual([
    {
      release: 'shop@2',
      sessions: 10,
      crashed: 3,
      errored: 0,
      users: 2,
      crashedUsers: 1,
      crashFreeSessions: 0.7,
      crashFreeUsers: 0.5,
    },
  ])
})

type Row = { group: string; count: number; p50: number; p75: number; p95: number }

test('vitals of every form that clients send are one distribution by page', async () => {
  const seconds = NOON / 1000
  const transaction = (lcp: number) =>
    send(
      { type: 'transaction' },
      {
        type: 'transaction',
        transaction: '/cart/17',
        start_timestamp: seconds - 2,
        timestamp: seconds - 1,
        measurements: { lcp: { value: lcp, unit: 'millisecond' } },
      },
    )
  for (let lcp = 10; lcp <= 980; lcp += 10) await transaction(lcp)
  await send(
    { type: 'span' },
    { timestamp: seconds, data: { transaction: '/cart/18' }, measurements: { lcp: { value: 990 } } },
  )
  const attributes = {
    'url.full': { value: 'https://shop.test/cart/19?step=2', type: 'string' },
    'browser.web_vital.lcp.value': { value: 1000, type: 'double' },
  }
  await send(
    { type: 'span', item_count: 1, content_type: 'application/vnd.sentry.items.span.v2+json' },
    { version: 2, items: [{ start_timestamp: seconds, end_timestamp: seconds, attributes }] },
  )
  const [page] = await read<Row[]>('measurements/?name=lcp')
  expect(page).toMatchObject({ group: '/cart/*', count: 100 })
  for (const [quantile, value] of [
    ['p50', 500],
    ['p75', 750],
    ['p95', 950],
  ] as const)
    expect(Math.abs(page![quantile] / value - 1)).toBeLessThan(0.03)
  expect(await read<Row[]>('measurements/?name=duration&by=environment')).toMatchObject([
    { group: 'production', count: 98 },
  ])
})

const HOUR_MS = 3_600_000

/** A page load as our SDK tells of it when attribution is on. */
const load = (vitals: Record<string, number>, hoursAgo: number, told: Record<string, unknown> = {}) =>
  send(
    { type: 'transaction' },
    {
      type: 'transaction',
      transaction: '/harbour',
      release: 'shop@3',
      start_timestamp: (NOON - hoursAgo * HOUR_MS) / 1000 - 1,
      timestamp: (NOON - hoursAgo * HOUR_MS) / 1000,
      measurements: Object.fromEntries(Object.entries(vitals).map(([name, value]) => [name, { value }])),
      contexts: { web_vitals: told },
    },
  )

test('vitals over time are rated, narrowed to a page, and null where nothing was measured', async () => {
  for (const inp of [100, 150, 300]) await load({ inp }, 3)
  for (const inp of [600, 700]) await load({ inp }, 1)
  const series = await read<MeasurementSeriesJson>('measurements/series/?name=inp&statsPeriod=4h&page=/harbour')
  expect(series.limits).toEqual({ good: 200, poor: 500 })
  expect(series.intervals.map((at) => at.slice(11, 13))).toEqual(['08', '09', '10', '11', '12'])
  expect(series.steps.map((step) => step?.ratings ?? null)).toEqual([
    null,
    { good: 2, needsImprovement: 1, poor: 0 },
    null,
    { good: 0, needsImprovement: 0, poor: 2 },
    null,
  ])
  expect(series.all).toMatchObject({ count: 5, ratings: { good: 2, needsImprovement: 1, poor: 2 } })
  expect(Math.abs(series.all.p75 / 600 - 1)).toBeLessThan(0.03)
  const elsewhere = await read<MeasurementSeriesJson>('measurements/series/?name=inp&statsPeriod=4h&page=/nowhere')
  expect(elsewhere.all.count).toBe(0)
  expect(await read<Row[]>('measurements/?name=inp&by=browser&release=shop@3')).toMatchObject([{ count: 5 }])
  expect(await read<Row[]>('measurements/?name=inp&by=browser&release=shop@4')).toEqual([])
})

test('what was to blame for vitals is told, what spoils most loads first, without secrets', async () => {
  await load({ cls: 0.5, lcp: 100 }, 1, { cls: { largestShiftTarget: '#banner' }, lcp: { target: 'img.hero' } })
  await load({ cls: 0.4 }, 1, { cls: { largestShiftTarget: '#banner' } })
  for (let times = 0; times < 5; times += 1) await load({ cls: 0.01 }, 1, { cls: { largestShiftTarget: '#footer' } })
  await load({ cls: 0.3 }, 1, { cls: { largestShiftTarget: `a[href="mailto:ada@example.com"]${'x'.repeat(9999)}` } })
  await load({ cls: 0.3 }, 1, { cls: 'nothing that can be read' })
  const attributes = {
    'url.path': { value: '/harbour' },
    'browser.web_vital.cls.value': { value: 0.6 },
    'browser.web_vital.cls.source.1': { value: '#banner' },
  }
  const items = [{ start_timestamp: NOON / 1000 - 60, end_timestamp: NOON / 1000 - 60, attributes }]
  await send({ type: 'span', item_count: 1 }, { items })
  const blamed = await read<BlamedJson[]>('measurements/targets/?name=cls&page=/harbour')
  expect(blamed.map(({ target, count }) => [target, count])).toEqual([
    ['#banner', 3],
    [expect.stringContaining('mailto:'), 1],
    ['#footer', 5],
  ])
  expect(blamed[1]!.target.length).toBeLessThanOrEqual(200)
  expect(JSON.stringify(blamed)).not.toContain('ada@example.com')
  expect(await read<BlamedJson[]>('measurements/targets/?name=lcp')).toMatchObject([{ target: 'img.hero', count: 1 }])
})

test('sessions over time are those of each release', async () => {
  const session = (number: number, status: string, release: string) =>
    send(
      { type: 'session' },
      {
        sid: `9${number}`.padStart(32, '0'),
        started: new Date(NOON - 2 * HOUR_MS).toISOString(),
        status,
        attrs: { release },
      },
    )
  await session(1, 'ok', 'wharf@1')
  await session(2, 'crashed', 'wharf@1')
  await session(3, 'ok', 'wharf@2')
  const all = await read<SessionSeriesJson>('release-health/series/?statsPeriod=3h')
  expect(all.releases.find(({ release }) => release === 'wharf@1')).toEqual({
    release: 'wharf@1',
    total: 2,
    sessions: [0, 2, 0, 0],
    crashed: [0, 1, 0, 0],
  })
  const one = await read<SessionSeriesJson>('release-health/series/?statsPeriod=3h&release=wharf@2')
  expect(one.releases.map(({ release, total }) => [release, total])).toEqual([['wharf@2', 1]])
})

test('what became of what came in is told over time, and what waits at once', async () => {
  await send({ type: 'profile' }, {})
  const waiting = await service.read('/api/0/projects/acme/shop/inbox/')
  expect((await waiting.json()) as InboxJson).toMatchObject({ waiting: 1, oldest: new Date(NOON).toISOString() })
  const { groups, intervals } = await read<OutcomeSeriesJson>('outcomes/series/?statsPeriod=2h')
  const profiles = groups.find(({ category }) => category === 'profile')
  expect(profiles).toMatchObject({ outcome: 'unsupported', total: 1, series: [0, 0, 1] })
  expect(intervals).toHaveLength(3)
  expect(await read<InboxJson>('inbox/')).toMatchObject({ waiting: 0, oldest: null })
})
