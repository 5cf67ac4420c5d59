// Events in partitions of a day, which are made ahead of time and go with what is in them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Migrator, sql, type CompiledQuery, type KyselyPlugin } from 'kysely'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { PostgresSettings } from '../src/adapters/postgres/connect.ts'
import { openPostgres } from '../src/adapters/postgres/database.ts'
import { migrate } from '../src/adapters/sql/database.ts'
import type { MainDatabase } from '../src/adapters/sql/main-database.ts'
import { differencesOf } from '../src/adapters/sql/differences.ts'
import { sqlEventSearch } from '../src/adapters/sql/event-search.ts'
import { sqlEventStore } from '../src/adapters/sql/event-store.ts'
import { migrations } from '../src/adapters/sql/migrations/index.ts'
import { miscounted } from '../src/adapters/sql/recount.ts'
import { sqlRetentionStore } from '../src/adapters/sql/retention-store.ts'
import type { GroupedEvent } from '../src/event.ts'
import type { RetentionStore } from '../src/ports/retention.ts'
import { retain } from '../src/retention/retain.ts'
import type { StoredEvent } from '../src/stored-event.ts'
import { openStores, type Stores } from '../src/stores.ts'
import { groupedEvent, type GroupedFields } from './grouped-event.ts'
import { newEventId, NOON } from './harness.ts'
import { createDatabase } from './postgres-server.ts'

const DAY = 24 * 3_600_000
const PLENTY = { days: 36_525, events: 1e9, megabytes: 1e6 }

let settings: PostgresSettings
let db: MainDatabase
let stores: Stores
let retention: RetentionStore
let projectId: number
const clock = { now: NOON }
const cleanups: (() => unknown)[] = []

const openOn = async (): Promise<Stores> => {
  const data = mkdtempSync(join(tmpdir(), 'foghorn-days-'))
  const opened = await openStores(data, { postgres: settings, now: () => clock.now })
  cleanups.push(async () => {
    await opened.close()
    rmSync(data, { recursive: true, force: true })
  })
  return opened
}

const open = async (isBlank: boolean): Promise<void> => {
  const database = await createDatabase({ isBlank })
  settings = database.settings
  db = await openPostgres({ ...settings, connections: 2 })
  cleanups.push(database.drop, () => db.destroy())
}

const createProject = async (): Promise<void> => {
  const { id } = await stores.projects.ensureOrganization('acme')
  projectId = (await stores.projects.create({ organizationId: id, slug: 'shop', name: 'Shop' }))!.id
}

beforeEach(() => {
  clock.now = NOON
})

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

const event = (hash: string, receivedAt: number, fields: GroupedFields = {}): GroupedEvent =>
  groupedEvent(projectId, [{ variant: 'message', hash, parts: [hash] }], {
    receivedAt,
    happenedAt: receivedAt,
    ...fields,
  })

const store = async (...events: GroupedEvent[]) => {
  const results = await stores.events.store({ events: events.map(stores.events.pack) })
  return results.map(({ status }) => status)
}

const sweep = async (limits: Partial<typeof PLENTY> = {}): Promise<void> => {
  for await (const _step of retain({ retention, limits: { ...PLENTY, ...limits }, now: () => clock.now }));
}

/** The partitions that hold something, with how many events. */
const filled = async (): Promise<Record<string, number>> => {
  const { rows } = await sql<{ name: string; events: number }>`
    select tableoid::regclass::text as name, count(*) as events from event group by 1 order by 1`.execute(db)
  return Object.fromEntries(rows.map(({ name, events }) => [name, events]))
}

const partitions = async (): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'event'::regclass order by 1`.execute(db)
  return rows.map(({ name }) => name)
}

/** Whether every event has its key, and every key its event. */
const keysAreRight = async (): Promise<boolean> => {
  const { rows } = await sql`select project_id, event_id, received_at from event
    except select * from event_key`.execute(db)
  const { rows: counts } = await sql<{ same: number }>`
    select (select count(*) from event) = (select count(*) from event_key) as same`.execute(db)
  return rows.length === 0 && counts[0]!.same === 1
}

const daysFrom = (day: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `event_202611${day + index}`)

describe('a store', () => {
  beforeEach(async () => {
    await open(false)
    stores = await openOn()
    retention = stores.retention
    await createProject()
  })

  test('has the partitions of today and the next seven days from the beginning, and makes more as days pass', async () => {
    expect(await partitions()).toEqual([...daysFrom(21, 8), 'event_before', 'event_default'])
    clock.now += 1.5 * DAY
    await retention.prepareDays(clock.now)
    expect(await partitions()).toEqual([...daysFrom(21, 10), 'event_before', 'event_default'])
  })

  test('puts each event into the partition of its day, and what has none into the default one', async () => {
    const ends = Date.parse('2026-11-22T00:00:00Z')
    const times = [NOON - 40 * DAY, NOON, ends - 1, ends, ends + DAY, NOON + 400 * DAY]
    const events = times.map((time) => event('x', time))
    expect(await store(...events)).toEqual(times.map(() => 'stored'))
    expect(await filled()).toEqual({
      event_20261121: 2,
      event_20261122: 1,
      event_20261123: 1,
      event_before: 1,
      event_default: 1,
    })
    for (const { eventId, receivedAt } of events)
      expect(await stores.events.find(projectId, eventId)).toMatchObject({ eventId, receivedAt })
    expect(await stores.events.find(projectId, newEventId())).toBeUndefined()
    const { issueId } = (await stores.events.find(projectId, events[0]!.eventId))!
    expect((await stores.events.newest(issueId))!.eventId).toBe(events.at(-1)!.eventId)
    expect(await keysAreRight()).toBe(true)
  })

  test('knows an event that is sent again on another day', async () => {
    const first = event('x', NOON)
    expect(await store(first)).toEqual(['stored'])
    expect(await store(event('x', NOON + 2 * DAY, { eventId: first.eventId }), event('x', NOON))).toEqual([
      'duplicate',
      'stored',
    ])
    expect(await filled()).toEqual({ event_20261121: 2 })
  })

  test('stores an event once that several processes get on different days', async () => {
    const processes = [stores, await openOn(), await openOn()]
    const ids = Array.from({ length: 20 }, newEventId)
    const results = await Promise.all(
      processes.map(({ events }, turn) =>
        events.store({
          events: ids.map((eventId, index) => events.pack(event(`${index % 4}`, NOON + turn * DAY, { eventId }))),
        }),
      ),
    )
    expect(results.flat().filter(({ status }) => status === 'stored')).toHaveLength(ids.length)
    expect(await keysAreRight()).toBe(true)
    expect(await miscounted(db)).toEqual([])
  })

  test('gives past days back once retention has emptied them; what stays is found as before', async () => {
    const kept = event('live', NOON)
    await store(kept, ...Array.from({ length: 300 }, () => event('live', NOON + 1)), event('gone', NOON + DAY))
    clock.now += 40 * DAY
    const recent = event('live', clock.now)
    await sweep()
    // The full one stays; of the others next to nothing is left.
    expect((await partitions()).slice(0, 2)).toEqual(['event_20261121', 'event_20261231'])
    await store(recent)
    await sweep({ days: 30 })
    expect(await partitions()).not.toContain('event_20261121')
    expect(await filled()).toEqual({ event_20261231: 1, event_default: 1 })
    expect(await stores.events.find(projectId, kept.eventId)).toMatchObject({ eventId: kept.eventId })
    expect(await store(event('live', clock.now, { eventId: kept.eventId }))).toEqual(['duplicate'])
    expect(await keysAreRight()).toBe(true)
    expect(await miscounted(db)).toEqual([])
  })

  test('does not wait for somebody who reads, and comes back later', async () => {
    clock.now += 40 * DAY
    const reader = await openPostgres({ ...settings, connections: 1 })
    await reader.connection().execute(async (connection) => {
      await sql`begin`.execute(connection)
      await connection.selectFrom('event').select('id').execute()
      await sweep()
      expect(await partitions()).toEqual([...daysFrom(21, 8), 'event_before', 'event_default'])
      await sql`rollback`.execute(connection)
    })
    await reader.destroy()
    await sweep()
    expect(await partitions()).not.toContain('event_20261121')
    expect(await partitions()).toHaveLength(9)
  })

  test('leaves a day where it is whose events came before its partition', async () => {
    await store(event('early', NOON + 9 * DAY))
    clock.now += 8 * DAY
    await retention.prepareDays(clock.now)
    expect(await partitions()).not.toContain('event_20261130')
    expect(await partitions()).toContain('event_20261201')
  })

  /** Runs what asks stores, and gives the plan of each query about events. */
  const plansOf = async (run: (watched: MainDatabase) => Promise<unknown>): Promise<string[]> => {
    const asked: CompiledQuery[] = []
    const recorder: KyselyPlugin = {
      transformQuery: ({ node }) => {
        asked.push(db.getExecutor().compileQuery(node, { queryId: 'plan' }))
        return node
      },
      transformResult: async ({ result }) => result,
    }
    await run(db.withPlugin(recorder))
    return db.connection().execute(async (connection) => {
      // Where there is little, scanning is cheaper, and would be chosen.
      await sql`set enable_seqscan = off`.execute(connection)
      const plans = []
      for (const query of asked.filter((one) => one.sql.includes('from "event"'))) {
        const plan = { ...query, sql: `explain ${query.sql}` }
        const { rows } = await connection.executeQuery<{ 'QUERY PLAN': string }>(plan)
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
      }
      return plans
    })
  }

  const partitionsIn = (plan: string): string[] => [...new Set(plan.match(/event_(\d{8}|before|default)\b/g))]

  describe('with events of many days', () => {
    let middle: StoredEvent
    beforeEach(async () => {
      const events = Array.from({ length: 40 }, (_, index) => event(`${index % 5}`, NOON + (index % 8) * DAY))
      await store(...events)
      middle = (await stores.events.find(projectId, events[20]!.eventId))!
    })

    test('asks the partition of one day for an event, and none for one that is not stored', async () => {
      const plans = await plansOf(async (watched) => {
        const { find } = sqlEventStore(watched, () => NOON)
        await find(projectId, middle.eventId)
        await find(projectId, newEventId())
      })
      expect(plans.map(partitionsIn)).toEqual([['event_20261125']])
    })

    test.each<[string, (watched: MainDatabase) => Promise<unknown>]>([
      ['the newest of an issue', (watched) => sqlEventStore(watched, () => NOON).newest(middle.issueId)],
      ['its oldest', (watched) => sqlEventStore(watched, () => NOON).oldest(middle.issueId)],
      ['neighbours', (watched) => sqlEventStore(watched, () => NOON).neighbours(middle)],
      ['a list of an issue', (watched) => sqlEventSearch(watched).list({ of: { issueId: middle.issueId }, limit: 9 })],
      ['a list of a project', (watched) => sqlEventSearch(watched).list({ of: { projectId }, limit: 9 })],
      [
        'numbers',
        (watched) => watched.selectFrom('event').select('digest').where('id', 'in', [1, 2, middle.id]).execute(),
      ],
    ])('asks an index in each partition for %s', async (_name, run) => {
      const plans = await plansOf(run)
      expect(plans.length).toBeGreaterThan(0)
      for (const plan of plans) {
        expect(plan).not.toMatch(/Seq Scan/)
        expect(partitionsIn(plan)).toHaveLength(10)
      }
    })

    test('finds duplicates without events', async () => {
      const again = stores.events.pack(event('1', NOON, { eventId: middle.eventId }))
      const plans = await plansOf((watched) => sqlEventStore(watched, () => NOON).store({ events: [again] }))
      expect(plans).toEqual([])
    })
  })
})

describe('an upgrade', () => {
  const migrateTo = async (name: string): Promise<void> => {
    const { error } = await new Migrator({ db, provider: migrations(differencesOf(db)) }).migrateTo(name)
    expect(error).toBeUndefined()
  }

  const insert = async (on: MainDatabase, receivedAt: number): Promise<string> => {
    const eventId = newEventId()
    await on.transaction().execute((transaction) =>
      transaction
        .insertInto('event')
        .values({
          project_id: 1,
          event_id: eventId,
          issue_id: 1,
          happened_at: receivedAt,
          received_at: receivedAt,
          title: 'x',
          payload: new Uint8Array([1, 2]),
          digest: 'x',
          group_hash: 'x',
          times: 1,
          size: 3,
        })
        .execute(),
    )
    return eventId
  }

  const idsStored = async (): Promise<string[]> =>
    (await db.selectFrom('event').select('event_id').orderBy('event_id').execute()).map(({ event_id: id }) => id)

  beforeEach(async () => {
    await open(true)
    await migrateTo('0040-blobs')
    retention = sqlRetentionStore(db)
  })

  test('keeps every event with its number, also of a clock that was wrong, and counts on', async () => {
    const ids: string[] = []
    for (const time of [NOON - 100 * DAY, NOON - DAY, NOON, Date.parse('2199-01-01')]) ids.push(await insert(db, time))
    const before = await db.selectFrom('event').selectAll().orderBy('id').execute()
    await migrate(db)
    await retention.prepareDays(NOON)
    expect(await db.selectFrom('event').selectAll().orderBy('id').execute()).toEqual(before)
    // Today's partition would cover what is in the one of before.
    expect(await filled()).toEqual({ event_before: 3, event_default: 1 })
    expect(await partitions()).toEqual([...daysFrom(22, 7), 'event_before', 'event_default'])
    ids.push(await insert(db, NOON + DAY))
    expect(await filled()).toMatchObject({ event_20261122: 1 })
    expect((await db.selectFrom('event').select('id').orderBy('id', 'desc').executeTakeFirst())!.id).toBe(5)
    expect(await idsStored()).toEqual(ids.toSorted())
    expect(await keysAreRight()).toBe(true)
    while (await retention.releaseDay(NOON + 5 * DAY)) continue
    expect(await filled()).toEqual({ event_default: 5 })
    expect(await keysAreRight()).toBe(true)
  })

  test('loses nothing that comes in meanwhile', async () => {
    const ids = [await insert(db, NOON)]
    const other = await openPostgres({ ...settings, connections: 3 })
    onTestFinished(() => other.destroy())
    const state = { isDone: false }
    const send = async (): Promise<void> => {
      while (!state.isDone) ids.push(await insert(other, NOON + (ids.length % 3) * DAY))
    }
    const sending = [send(), send(), send()]
    await expect.poll(() => ids.length).toBeGreaterThan(20)
    await migrate(db)
    await retention.prepareDays(NOON)
    const atUpgrade = ids.length
    await expect.poll(() => ids.length).toBeGreaterThan(atUpgrade + 20)
    state.isDone = true
    await Promise.all(sending)
    expect(await idsStored()).toEqual(ids.toSorted())
    expect(await keysAreRight()).toBe(true)
    const { rows } = await sql<{ ids: number }>`select count(distinct id) as ids from event`.execute(db)
    expect(rows[0]!.ids).toBe(ids.length)
  })
})
