import { afterEach, beforeEach, expect, test } from 'vitest'
import { envelope, errorEvent, startService, type TestService } from './harness.ts'
import { createRandom } from './random.ts'

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const session = (id: number): string =>
  JSON.stringify({
    sid: id.toString(16).padStart(32, '0'),
    started: '2026-11-21T11:59:00Z',
    status: 'ok',
    attrs: { release: 'shop@1' },
  })

const item = (type: string, payload: string): string => `${JSON.stringify({ type })}\n${payload}`

// Whatever comes in is stored, or counted with the reason why it is not: the sums of both sides are the same.
test.each([1, 2, 3, 4, 5])(
  'what came in equals what was stored plus what was dropped with a reason (seed %i)',
  async (seed) => {
    const random = createRandom(seed)
    await service.stores.ingestSettings.change(service.project.id, {
      filteredMessages: ['*unwanted*'],
      eventsPerMinute: 25,
    })
    const known = [errorEvent(), errorEvent()]
    let brought = 0
    const kinds: (() => string)[] = [
      () => item('event', JSON.stringify(errorEvent())),
      () => item('event', JSON.stringify(random.pick(known))),
      () =>
        item('event', JSON.stringify(errorEvent({ exception: { values: [{ type: 'Error', value: 'unwanted' }] } }))),
      () => item('event', '{"broken'),
      () => item('event', JSON.stringify({ message: 'x'.repeat(1024 * 1024) })),
      () => item('session', session(random.below(50))),
      () => item('session', '{}'),
      () => item('transaction', '[]'),
      () => item('profile', '{}'),
      () => item('something new', '{}'),
      () => item('user_report', '{}'),
      () => `${JSON.stringify({ type: 'attachment', length: 3 })}\nabc`,
    ]
    for (let request = 0; request < 40; request += 1) {
      const items = Array.from({ length: 1 + random.below(4) }, () => random.pick(kinds)())
      brought += items.length
      await service.post(service.envelopePath, ['{}', ...items].join('\n'))
      if (random.below(5) === 0) await service.digest()
      if (random.below(8) === 0) service.clock.now += 61_000
    }
    await service.turnedAway.flush()
    await service.digest()
    const counted = await service.stores.outcomes.list(service.project.id)
    expect(counted.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(brought)
    const outcomes = new Set(counted.map(({ outcome }) => outcome))
    expect(outcomes).toEqual(new Set(['accepted', 'duplicate', 'filtered', 'limited', 'failed', 'unsupported']))
  },
)

test('a worker that dies between storing and forgetting counts nothing twice', async () => {
  await service.post(service.envelopePath, `${envelope(errorEvent())}\n${item('session', session(1))}`)
  const dying = { ...service.drainDeps.inbox, remove: async () => undefined }
  const { drain } = await import('../src/ingest/drain.ts')
  await drain({ ...service.drainDeps, inbox: dying })
  await service.digest()
  const counted = await service.stores.outcomes.list(service.project.id)
  expect(counted.map(({ category, outcome, quantity }) => [category, outcome, quantity])).toEqual([
    ['error', 'accepted', 1],
    ['session', 'accepted', 1],
  ])
})
