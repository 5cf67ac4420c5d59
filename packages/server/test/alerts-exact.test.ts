import { expect, test } from 'vitest'
import type { MainDatabase } from '../src/adapters/sql/main-database.ts'
import { tagsOf, userKey } from '../src/event-facets.ts'
import { unpack } from '../src/adapters/sql/payload.ts'
import type { AlertRule, StoredAlertRule } from '../src/alerts/rule.ts'
import type { Trigger } from '../src/alerts/trigger.ts'
import { crashing, firedIn, rule } from './alert-setup.ts'
import { envelope, newEventId, NOON, startService, type TestService } from './harness.ts'
import { createRandom, type Random } from './random.ts'
import { openDatabase } from './main-store.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const inProduction: AlertRule['conditions'] = [{ on: 'environment', pattern: 'prod*' }]

const RULES = [
  rule({ when: 'new-issue' }),
  rule({ when: 'events', count: 6, minutes: 5, of: 'issue' }, { everyMinutes: 15 }),
  rule({ when: 'events', count: 25, minutes: 30, of: 'project' }, { everyMinutes: 60, conditions: inProduction }),
  rule({ when: 'users', count: 4, minutes: 10, of: 'issue' }, { everyMinutes: 10 }),
  rule({ when: 'users', count: 7, minutes: 240, of: 'project' }, { everyMinutes: 1440 }),
]

const WORDS = ['apples', 'pears', 'plums', 'quinces']

const eventAt = (random: Random, happenedAt: number) => ({
  event_id: newEventId(),
  timestamp: happenedAt / 1000,
  message: random.pick(WORDS),
  environment: random.pick(['production', 'staging']),
  user: { id: `user-${random.below(9)}` },
  contexts: { repeats: { count: 1 + random.below(2) } },
})

/** Now and then a burst, something from long ago, or a clock that jumps. */
const createStream = (random: Random, service: TestService) => {
  const { clock } = service
  const sent: string[] = []
  return async (): Promise<void> => {
    clock.now += random.below(4) === 0 ? random.below(3 * HOUR) - HOUR : random.below(10 * MINUTE)
    const [late, count] = [random.below(5) === 0 ? random.below(30 * HOUR) : 0, 1 + random.below(12)]
    for (let index = 0; index < count; index += 1)
      sent.push(envelope(eventAt(random, clock.now - late - random.below(8 * MINUTE))))
    const fresh = sent.slice(-count)
    // Each arrives at least once, in any order.
    for (const body of [...fresh, ...(random.below(3) === 0 ? [random.pick(sent)] : [])].toSorted(
      () => random.below(3) - 1,
    ))
      expect((await service.post(service.envelopePath, body)).status).toBe(200)
  }
}

interface Seen {
  issueId: number
  minute: number
  times: number
  user: string
  environment: string
  isLate: boolean
}

const history = async (db: MainDatabase): Promise<Seen[]> =>
  (await db.selectFrom('event').selectAll().orderBy('id').execute()).map((row) => {
    const { payload } = unpack(row.payload)
    return {
      issueId: row.issue_id,
      minute: Math.floor(row.happened_at / MINUTE),
      times: row.times,
      user: userKey(payload)!,
      environment: new Map(tagsOf(payload)).get('environment')!,
      isLate: row.received_at - row.happened_at > DAY,
    }
  })

/** Whether the window of a rule that ends with this event holds enough: asked of the whole history, with no cleverness. */
const isReached = (trigger: Trigger, end: Seen, all: readonly Seen[]): boolean => {
  if (trigger.when !== 'events' && trigger.when !== 'users') throw new Error('no window')
  const inWindow = all.filter(
    ({ minute, issueId }) =>
      minute <= end.minute &&
      minute > end.minute - trigger.minutes &&
      (trigger.of === 'project' || issueId === end.issueId),
  )
  const counted =
    trigger.when === 'users'
      ? new Set(inWindow.map(({ user }) => user)).size
      : inWindow.reduce((sum, { times }) => sum + times, 0)
  return counted >= trigger.count
}

const expectedOf = (one: StoredAlertRule, seen: readonly Seen[]): string[] => {
  const { id, trigger, everyMinutes, conditions } = one
  if (trigger.when === 'new-issue') return [...new Set(seen.map(({ issueId }) => `${id} ${issueId} new`))]
  const counting = seen.filter(
    ({ isLate, environment }) => !isLate && (conditions.length === 0 || environment === 'production'),
  )
  const of = 'of' in trigger ? trigger.of : 'issue'
  return counting
    .filter((end) => isReached(trigger, end, counting))
    .map((end) => `${id} ${of === 'issue' ? end.issueId : 0} period ${Math.floor(end.minute / everyMinutes)}`)
}

test.each([1, 2, 3, 4, 5])(
  'what fires is what the whole history says: none missed, none doubled, whatever arrives how (seed %i)',
  async (seed) => {
    const service = await startService()
    const db = await openDatabase(service.data)
    try {
      const random = createRandom(seed * 7919)
      const rules: StoredAlertRule[] = []
      for (const one of RULES) rules.push(await service.stores.alertRules.add(service.project.id, one))
      const send = createStream(random, service)
      for (let step = 0; step < 40; step += 1) {
        await send()
        const fate = random.below(6)
        if (fate === 0) await crashing(service, db, random.pick(['alert', 'notification', 'event']))
        // What waits is digested together with what comes next.
        else if (fate > 1) await service.digest()
      }
      await service.digest()
      const seen = await history(db)
      expect(seen.length).toBeGreaterThan(150)
      const expected = [...new Set(rules.flatMap((one) => expectedOf(one, seen)))].toSorted()
      expect(expected.length).toBeGreaterThan(15)
      expect(await firedIn(db)).toEqual(expected)
      const { outbox } = await db
        .selectFrom('notification')
        .select(({ fn }) => fn.countAll<number>().as('outbox'))
        .executeTakeFirstOrThrow()
      expect(Number(outbox)).toBe(expected.length)
    } finally {
      await db.destroy()
      await service.close()
    }
  },
)

test('what no window reaches any more is forgotten, and nothing else', async () => {
  const service = await startService()
  const db = await openDatabase(service.data)
  await service.stores.alertRules.add(service.project.id, RULES[3]!)
  await service.stores.alertRules.add(service.project.id, rule({ when: 'escalating', factor: 4, atLeast: 10 }))
  await service.post(service.envelopePath, envelope(eventAt(createRandom(1), NOON)))
  await service.digest()
  const rows = async (): Promise<number[]> =>
    Promise.all(
      (['alert_tally', 'alert_person'] as const).map(
        async (table) => (await db.selectFrom(table).select('slot').execute()).length,
      ),
    )
  service.clock.now = NOON + 8 * DAY
  expect(await service.stores.alerts.forget()).toBe(false)
  expect(await rows()).toEqual([2, 1])
  service.clock.now = NOON + 10 * DAY
  expect(await service.stores.alerts.forget()).toBe(true)
  expect(await rows()).toEqual([0, 0])
  await db.destroy()
  await service.close()
})

test('an issue escalates beside its own past week', async () => {
  const service = await startService()
  const db = await openDatabase(service.data)
  const { id } = await service.stores.alertRules.add(
    service.project.id,
    rule({ when: 'escalating', factor: 4, atLeast: 10 }),
  )
  const send = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1)
      await service.post(
        service.envelopePath,
        envelope({ event_id: newEventId(), message: 'apples', timestamp: service.clock.now / 1000 }),
      )
    await service.digest()
  }
  service.clock.now = NOON
  for (let hour = 0; hour < 30; hour += 1) {
    await send(9)
    service.clock.now += HOUR
  }
  expect(await firedIn(db)).toEqual([])
  const start = Math.floor(service.clock.now / HOUR)
  // 270 in a week are 1.6 an hour.
  await send(10)
  expect(await firedIn(db)).toEqual([`${id} 1 period ${start}`])
  await send(10)
  expect(await firedIn(db)).toHaveLength(1)
  await db.destroy()
  await service.close()
})
