import { expect, test } from 'vitest'
import { alertsOf, newIssue } from './alert-setup.ts'
import { newEventId, NOON, startService, type TestService } from './harness.ts'
import { createRandom } from './random.ts'
import { startReceiver, startSpeaking } from './receiver.ts'
import { openDatabase } from './main-store.ts'

const IS_LONG = process.env['FOGHORN_LONG'] !== undefined
const WAITING = 100_000
const STEPS = IS_LONG ? 200 : 20
// All that waits would be more, each time that it is looked at.
const HEAP_BYTES = 60_000_000

/** As if a channel had been dead for long. */
const fill = async (service: TestService, channel: { id: string }, count: number): Promise<void> => {
  const db = await openDatabase(service.data)
  const { id: alert_id } = await db.selectFrom('alert').select('id').executeTakeFirstOrThrow()
  for (let from = 0; from < count; from += 2000) {
    const rows = Array.from({ length: 2000 }, (_, index) => ({
      channel_id: Number(channel.id),
      alert_id,
      idempotency_key: `waiting-${from + index}`,
      status: 'waiting',
      due_at: NOON - 1,
    }))
    await db.insertInto('notification').values(rows).execute()
  }
  await db.destroy()
}

test('a channel that takes what it is told and never answers holds up no other, however much waits for it, and fills no memory', async () => {
  const [receiver, silent] = [await startReceiver(), await startSpeaking()]
  const service = await startService({ networks: ['127.0.0.0/8'] })
  const { addChannel, addRule, report, deliveries } = alertsOf(service)
  const random = createRandom(12)
  const dead = await addChannel({ kind: 'webhook', url: `${silent.url}/hook` })
  const alive = []
  for (const kind of ['slack', 'teams', 'discord'])
    alive.push(await addChannel({ kind, url: `${receiver.url}/${kind}` }))
  await addRule(newIssue(dead, ...alive))
  await report({ message: 'first', event_id: newEventId() })
  await fill(service, dead, WAITING)
  const before = process.memoryUsage().heapUsed
  const sending: Promise<void>[] = []
  const [tookMs, heaps]: [number[], number[]] = [[], []]
  let expected = alive.length
  for (let step = 0; step < STEPS; step += 1) {
    const begun = performance.now()
    // As the clock of the service does: again and again, whatever is under way.
    sending.push(service.send())
    await expect.poll(() => receiver.received.length, { interval: 5 }).toBe(expected)
    tookMs.push(performance.now() - begun)
    heaps.push(process.memoryUsage().heapUsed - before)
    service.clock.now += 1000 + random.below(10_000)
    await report({ message: `fault ${'abcdefghij'[random.below(10)]} ${'x'.repeat(step)}`, event_id: newEventId() })
    expected = alive.length * (await service.stores.alerts.list(service.project.id, { limit: 1000 })).length
  }
  expect(Math.max(...heaps)).toBeLessThan(HEAP_BYTES)
  for (const channel of alive) {
    const told = (await deliveries(channel)).filter(({ status }) => status === 'sent')
    expect(told.every(({ attempts }) => attempts === 1)).toBe(true)
  }
  expect((await deliveries(dead)).every(({ status }) => status === 'waiting')).toBe(true)
  if (IS_LONG) {
    const sorted = tookMs.toSorted((a, b) => a - b)
    const [p50, p95, most] = [sorted[STEPS / 2]!, sorted[Math.floor(STEPS * 0.95)]!, sorted.at(-1)!]
    console.info(
      `${WAITING} waiting: told within ${p50.toFixed(0)} ms (p50), ${p95.toFixed(0)} ms (p95), ${most.toFixed(0)} ms (most); heap grew by ${(Math.max(...heaps) / 1e6).toFixed(0)} MB at most`,
    )
  }
  service.stopSending()
  await silent.close()
  await Promise.all(sending)
  await service.close()
  await receiver.close()
}, 600_000)
