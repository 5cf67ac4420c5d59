import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createProjectRules } from '../src/ingest/project-rules.ts'
import { createQuota, type Quota } from '../src/ingest/quota.ts'
import { envelope, errorEvent, startService, type TestService } from './harness.ts'

const MINUTE_MS = 60_000

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

describe('of a project', () => {
  const now = (): number => service.clock.now
  let quota: Quota
  beforeEach(() => {
    quota = createQuota(createProjectRules(service.stores, now), now)
  })
  const take = (events: number) =>
    quota.take({ projectId: service.project.id, publicKey: service.publicKey, remoteAddress: '', events })

  test('a spike is kept back until the minute is over', async () => {
    expect(await take(200_000)).toBeUndefined()
    service.clock.now += 15_000
    expect(await take(1)).toEqual({ seconds: 45, categories: ['error', 'default'], scope: 'project', reason: 'spike' })
    service.clock.now += 45_000
    expect(await take(1)).toBeUndefined()
  })

  test('what it sends day by day is no spike, until it has been quiet for long', async () => {
    for (let minute = 0; minute < 120; minute += 1) {
      expect(await take(100_000)).toBeUndefined()
      service.clock.now += MINUTE_MS
    }
    expect(await take(800_000)).toBeUndefined()
    service.clock.now += 24 * 60 * MINUTE_MS
    expect(await take(800_000)).toMatchObject({ reason: 'spike' })
  })

  test('a spike is let in when the project says so', async () => {
    await service.stores.ingestSettings.change(service.project.id, { spikeProtection: false })
    expect(await take(1_000_000)).toBeUndefined()
  })
})

test('of an issue, a spike is dropped and counted, while other issues go on', async () => {
  const many = (count: number, value: string) =>
    errorEvent({ contexts: { repeats: { count } }, exception: { values: [{ type: 'Error', value }] } })
  for (const event of [many(100_000, 'stuck in the fog'), many(7, 'stuck in the fog'), many(3, 'out of lamp oil')])
    expect((await service.post(service.envelopePath, envelope(event))).status).toBe(200)
  await service.digest()
  service.clock.now += MINUTE_MS
  await service.post(service.envelopePath, envelope(many(2, 'stuck in the fog')))
  await service.digest()
  const counted = await service.stores.outcomes.list(service.project.id)
  expect(counted.map(({ outcome, reason, quantity }) => [outcome, reason, quantity])).toEqual([
    ['accepted', '', 100_005],
    ['limited', 'issue_spike', 7],
  ])
})
