import { afterAll, beforeAll, expect, test } from 'vitest'
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
