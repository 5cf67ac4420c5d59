import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { MainDatabase } from '../src/adapters/sql/main-database.ts'
import type { StoredAlertRule } from '../src/alerts/rule.ts'
import type { Trigger } from '../src/alerts/trigger.ts'
import type { Batch } from '../src/ports/events.ts'
import { crashing, firedIn, rule } from './alert-setup.ts'
import { NOON, startService, type TestService } from './harness.ts'
import { createRandom, type Random } from './random.ts'
import { historyOf, type Seen } from './readings-history.ts'
import { openDatabase } from './main-store.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const inProduction = { conditions: [{ on: 'environment' as const, pattern: 'prod*' }] }

const RULES = [
  rule({ when: 'error-rate', percent: 34.5, minutes: 5, atLeast: 4 }, { everyMinutes: 15 }),
  rule({ when: 'error-rate', percent: 41.3, minutes: 30, atLeast: 8 }, { everyMinutes: 60, ...inProduction }),
  rule({ when: 'crash-free', percent: 77.7, minutes: 20, atLeast: 5 }, { everyMinutes: 20 }),
  rule({ when: 'web-vital', vital: 'lcp', above: 2500, minutes: 15, atLeast: 4 }, { everyMinutes: 30 }),
  rule({ when: 'web-vital', vital: 'cls', above: 0.25, minutes: 240, atLeast: 6 }, { everyMinutes: 1440 }),
]

const envelopeOf = (...items: [type: string, body: object][]): string =>
  ['{}', ...items.flatMap(([type, body]) => [JSON.stringify({ type }), JSON.stringify(body)])].join('\n')

const attrs = (random: Random) => ({ release: 'shop@1', environment: random.pick(['production', 'staging']) })

const STATUSES = ['ok', 'ok', 'ok', 'exited', 'errored', 'abnormal', 'crashed']

const sessionAt = (random: Random, started: number) => ({
  sid: Array.from({ length: 32 }, () => random.below(16).toString(16)).join(''),
  started: new Date(started).toISOString(),
  status: 'ok',
  attrs: attrs(random),
})

const countsAt = (random: Random, started: number) => ({
  aggregates: [{ started: new Date(started).toISOString(), exited: random.below(4), crashed: random.below(2) }],
  attrs: attrs(random),
})

const vitalAt = (random: Random, at: number) => ({
  type: 'transaction',
  transaction: '/cart',
  start_timestamp: at / 1000 - 1,
  timestamp: at / 1000,
  environment: random.pick(['production', 'staging']),
  measurements: { lcp: { value: 500 + random.below(5000) }, cls: { value: random.below(50) / 100 } },
})

/** Sessions that begin and get worse, vitals, bursts, something from long ago, and a clock that jumps. */
const createStream = (random: Random, service: TestService) => {
  const { clock } = service
  const sessions: ReturnType<typeof sessionAt>[] = []
  const sent: string[] = []
  const one = (at: number): string => {
    const kind = random.below(5)
    if (kind === 0 && sessions.length > 0)
      return envelopeOf(['session', { ...random.pick(sessions), status: random.pick(STATUSES) }])
    if (kind === 1) return envelopeOf(['sessions', countsAt(random, at)])
    if (kind === 2) return envelopeOf(['transaction', vitalAt(random, at)])
    const session = sessionAt(random, at)
    sessions.push(session)
    return envelopeOf(['session', { ...session, status: random.pick(STATUSES) }])
  }
  return async (): Promise<void> => {
    clock.now += random.below(4) === 0 ? random.below(3 * HOUR) - HOUR : random.below(10 * MINUTE)
    const [late, count] = [random.below(5) === 0 ? random.below(30 * HOUR) : 0, 1 + random.below(14)]
    const fresh = Array.from({ length: count }, () => one(clock.now - late - random.below(8 * MINUTE)))
    sent.push(...fresh)
    const bodies = [...fresh, ...(random.below(3) === 0 ? [random.pick(sent)] : [])]
    for (const body of bodies.toSorted(() => random.below(3) - 1))
      expect((await service.post(service.envelopePath, body)).status).toBe(200)
  }
}

/** Tells the oracle of each batch that was committed, and only of those. */
const observe = (service: TestService, note: (batch: Batch) => void): void => {
  const { events } = service.drainDeps
  service.drainDeps.events = {
    ...events,
    store: async (batch) => {
      const results = await events.store(batch)
      note(batch)
      return results
    },
  }
}

/** Asked of everything that is known by now, with no cleverness. */
const isBad = (trigger: Trigger, inWindow: readonly Seen[]): boolean => {
  if (!('atLeast' in trigger) || inWindow.length < trigger.atLeast) return false
  const share = (test: (one: Seen) => boolean): number => (inWindow.filter(test).length * 100) / inWindow.length
  if (trigger.when === 'error-rate') return share(({ status }) => status !== 'ok') > trigger.percent
  if (trigger.when === 'crash-free') return share(({ status }) => status !== 'crashed') < trigger.percent
  if (trigger.when !== 'web-vital') throw new Error('not of this kind')
  const sorted = inWindow.map(({ value }) => value!).toSorted((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.75) - 1]! > trigger.above
}

const kindOf = (trigger: Trigger): string => (trigger.when === 'web-vital' ? trigger.vital : 'session')

const expectedNow = ({ id, trigger, everyMinutes, conditions }: StoredAlertRule, all: readonly Seen[]): string[] => {
  const counting = all.filter(
    ({ kind, environment, isLate }) =>
      kind === kindOf(trigger) && !isLate && (conditions.length === 0 || environment === 'production'),
  )
  const minutes = 'minutes' in trigger ? trigger.minutes : 0
  return [...new Set(counting.map(({ minute }) => minute))]
    .filter((end) =>
      isBad(
        trigger,
        counting.filter(({ minute }) => minute <= end && minute > end - minutes),
      ),
    )
    .map((end) => `${id} 0 period ${Math.floor(end / everyMinutes)}`)
}

const countNotifications = async (db: MainDatabase): Promise<number> => {
  const { count } = await db
    .selectFrom('notification')
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

const SEEDS = process.env['FOGHORN_LONG'] ? Array.from({ length: 40 }, (_, index) => index + 1) : [1, 3, 7]

test.each(SEEDS)(
  'what fires by sessions and vitals is what was true once it was known: none missed, none doubled (seed %i)',
  async (seed) => {
    const service = await startService()
    const db = await openDatabase(service.data)
    try {
      const random = createRandom(seed * 104_729)
      const rules: StoredAlertRule[] = []
      // Long before, so that no jump of the clock leads there.
      service.clock.now -= 2 * 24 * HOUR
      for (const one of RULES) rules.push(await service.stores.alertRules.add(service.project.id, one))
      service.clock.now = NOON
      const history = historyOf()
      const expected = new Set<string>()
      observe(service, (batch) => {
        history.add(batch)
        for (const one of rules) for (const name of expectedNow(one, history.all())) expected.add(name)
      })
      const send = createStream(random, service)
      for (let step = 0; step < 30; step += 1) {
        await send()
        const fate = random.below(6)
        if (fate === 0) await crashing(service, db, random.pick(['alert', 'notification', 'alert_grade']))
        else if (fate > 1) await service.digest()
      }
      await service.digest()
      expect(history.all().length).toBeGreaterThan(100)
      expect(new Set([...expected].map((name) => name.split(' ', 1)[0])).size).toBe(RULES.length)
      expect(await firedIn(db)).toEqual([...expected].toSorted())
      expect(await countNotifications(db)).toBe(expected.size)
    } finally {
      await db.destroy()
      await service.close()
    }
  },
  180_000,
)
