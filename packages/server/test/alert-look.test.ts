import { expect, test } from 'vitest'
import type { MainDatabase } from '../src/adapters/sql/main-database.ts'
import { firedIn, rule } from './alert-setup.ts'
import { NOON, startService, type TestService } from './harness.ts'
import { createRandom } from './random.ts'
import { dieAtInsert, openDatabase } from './main-store.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const TARGET = 0.9

const session = (id: number, { started, status }: { started: number; status: string }): string =>
  [
    '{}',
    '{"type":"session"}',
    JSON.stringify({
      sid: id.toString(16).padStart(32, '0'),
      started: new Date(started).toISOString(),
      status,
      attrs: { release: 'shop@1' },
    }),
  ].join('\n')

const UNREADABLE = '{}\n{"type":"event"}\n{"exception": not json}'

/** A look that dies while it writes, as by a kill. */
const lookAndDie = async (service: TestService, db: MainDatabase): Promise<boolean> => {
  const revivals = [await dieAtInsert(db, 'alert'), await dieAtInsert(db, 'alert_grade')]
  const died = await service.look().then(
    () => false,
    () => true,
  )
  for (const revive of revivals) await revive()
  return died
}

test.each([1, 2, 3])(
  'what a clock looks after fires once in each period in which it holds, whatever dies in between (seed %i)',
  async (seed) => {
    const service = await startService()
    const db = await openDatabase(service.data)
    const random = createRandom(seed * 15_485_863)
    const { clock, stores } = service
    const add = (...given: Parameters<typeof rule>) => stores.alertRules.add(service.project.id, rule(...given))
    await service.look()
    const letters = await add({ when: 'dead-letters', count: 4, minutes: 30 }, { everyMinutes: 45 })
    const inbox = await add({ when: 'inbox', count: 2, minutes: 8 }, { everyMinutes: 30 })
    const budget = await add({ when: 'error-budget', rate: 3, hours: 6 }, { everyMinutes: 60 })
    await stores.statistics.setObjective(service.project.id, {
      kind: 'crash-free-sessions',
      target: TARGET,
      windowDays: 28,
    })

    const expected = new Set<string>()
    const waiting: { at: number; hasLetter: boolean; session?: { hour: number; isBad: boolean } }[] = []
    const stored: { hour: number; isBad: boolean }[] = []
    const counted: number[] = []
    let fresh = 0

    const arrive = async (id: number): Promise<void> => {
      if (random.below(3) === 0) {
        await service.post(service.envelopePath, UNREADABLE)
        return void waiting.push({ at: clock.now, hasLetter: true })
      }
      const isBad = random.below(3) === 0
      await service.post(service.envelopePath, session(id, { started: clock.now, status: isBad ? 'crashed' : 'ok' }))
      waiting.push({ at: clock.now, hasLetter: false, session: { hour: Math.floor(clock.now / HOUR), isBad } })
    }
    const digest = async (): Promise<void> => {
      await service.digest()
      for (const one of waiting.splice(0)) {
        if (one.hasLetter) fresh += 1
        if (one.session) stored.push(one.session)
      }
    }
    const period = (id: number, every: number): string => `${id} 0 period ${Math.floor(clock.now / MINUTE / every)}`
    const note = (): void => {
      const minute = Math.floor(clock.now / MINUTE)
      for (; fresh > 0; fresh -= 1) counted.push(minute)
      for (const end of counted)
        if (counted.filter((at) => at <= end && at > end - 30).length >= 4)
          expected.add(`${letters.id} 0 period ${Math.floor(end / 45)}`)
      if (waiting.filter(({ at }) => at <= clock.now - 8 * MINUTE).length >= 2) expected.add(period(inbox.id, 30))
      const hours = stored.filter(({ hour }) => hour > Math.floor(clock.now / HOUR) - 6)
      const bad = hours.filter(({ isBad }) => isBad).length
      if (bad > 0 && bad / ((1 - TARGET) * hours.length) >= 3) expected.add(period(budget.id, 60))
    }
    try {
      for (let step = 0; step < 70; step += 1) {
        // Now and then nobody runs for hours.
        clock.now += random.below(12) * MINUTE + (random.below(15) === 0 ? 5 * HOUR : 0)
        for (let index = random.below(4); index > 0; index -= 1) await arrive(step * 10 + index)
        if (random.below(3) > 0) await digest()
        if (random.below(5) === 0 && (await lookAndDie(service, db))) continue
        if (random.below(4) === 0) continue
        await service.look()
        note()
      }
      expect(new Set([...expected].map((name) => name.split(' ', 1)[0])).size).toBe(3)
      expect(expected.size).toBeGreaterThan(6)
      expect(await firedIn(db)).toEqual([...expected].toSorted())
    } finally {
      await db.destroy()
      await service.close()
    }
  },
  180_000,
)

test('dead letters of before the first look are no news, and an inbox that was put back is counted on', async () => {
  const service = await startService()
  await service.post(service.envelopePath, UNREADABLE)
  await service.digest()
  await service.stores.alertRules.add(service.project.id, rule({ when: 'dead-letters', count: 1, minutes: 5 }))
  await service.look()
  expect(await service.stores.alerts.list(service.project.id, { limit: 10 })).toEqual([])
  await service.stores.readings.countLetters([], 1000)
  await service.look()
  service.clock.now = NOON + MINUTE
  await service.post(service.envelopePath, UNREADABLE)
  await service.digest()
  await service.look()
  expect(await service.stores.alerts.list(service.project.id, { limit: 10 })).toMatchObject([
    { why: '1 dead letter within 5 minutes', event: null },
  ])
  await service.close()
})

test('a session that a rule has never met changes nothing of its counts', async () => {
  const service = await startService()
  const report = async (status: string, id: number): Promise<void> => {
    await service.post(service.envelopePath, session(id, { started: NOON, status }))
    await service.digest()
  }
  await report('ok', 1)
  service.clock.now += MINUTE
  const trigger = { when: 'error-rate', percent: 50, minutes: 60, atLeast: 1 } as const
  await service.stores.alertRules.add(service.project.id, rule(trigger))
  await report('crashed', 1)
  await report('ok', 2)
  expect(await service.stores.alerts.list(service.project.id, { limit: 10 })).toEqual([])
  await report('crashed', 3)
  await report('crashed', 4)
  expect(await service.stores.alerts.list(service.project.id, { limit: 10 })).toHaveLength(1)
  await service.close()
})
