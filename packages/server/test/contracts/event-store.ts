import { beforeEach, describe, expect, test } from 'vitest'
import type { ResolvedFrame } from '@foghorn/symbolicate'
import type { GroupedEvent, GroupingKey } from '../../src/event.ts'
import type { EventSearch } from '../../src/ports/event-search.ts'
import type { EventStore } from '../../src/ports/events.ts'
import type { IssueStore } from '../../src/ports/issues.ts'
import type { OutcomeStore } from '../../src/ports/outcomes.ts'
import type { Triage } from '../../src/ports/triage.ts'
import { groupedEvent, type GroupedFields } from '../grouped-event.ts'
import { NOON } from '../harness.ts'

export interface StoresUnderTest {
  events: EventStore
  eventSearch: EventSearch
  issues: IssueStore
  triage: Triage
  outcomes: OutcomeStore
  projectId: number
}

const frames = (hash: string): GroupingKey => ({ variant: 'frames', hash: `frames-${hash}`, parts: [hash] })
const message = (hash: string): GroupingKey => ({ variant: 'message', hash: `message-${hash}`, parts: [hash] })

/** What every adapter of the event, issue and outcome stores must do. */
export const eventStoreContract = (adapter: string, open: () => Promise<StoresUnderTest>): void => {
  let stores: StoresUnderTest
  beforeEach(async () => {
    stores = await open()
  })

  const event = (keys: GroupingKey[], fields: GroupedFields = {}): GroupedEvent =>
    groupedEvent(stores.projectId, keys, fields)

  const storeAll = (...events: GroupedEvent[]) => stores.events.store({ events: events.map(stores.events.pack) })

  const store = async (...events: GroupedEvent[]): Promise<(number | 'duplicate')[]> => {
    const results = await storeAll(...events)
    return results.map((result) => (result.status === 'stored' ? result.issue.id : result.status))
  }

  describe(`${adapter}: issues`, () => {
    test('collect events that share a key, within a batch and between batches', async () => {
      const [a, b, c] = await store(event([message('x')]), event([message('x')]), event([message('y')]))
      expect(a).toBe(b)
      expect(a).not.toBe(c)
      expect(await store(event([message('x')]))).toEqual([a])
    })

    test('with the same words but other frames stay apart', async () => {
      const [a] = await store(event([frames('one'), message('words')]))
      const [b] = await store(event([frames('two'), message('words')]))
      expect(a).not.toBe(b)
    })

    test('known by their words alone are joined by the first frames', async () => {
      const [unmapped] = await store(event([message('words')]))
      const [mapped] = await store(event([frames('one'), message('words')]))
      const [other] = await store(event([frames('two'), message('words')]))
      const [unmappedAgain] = await store(event([message('words')]))
      expect(mapped).toBe(unmapped)
      expect(other).not.toBe(unmapped)
      expect(unmappedAgain).toBe(unmapped)
    })

    test('are found by the key of an older algorithm, and learn the new one', async () => {
      const former = (key: GroupingKey): GroupingKey => ({ ...key, formerVersion: 0 })
      const [old] = await store(event([message('old')]))
      const [upgraded] = await store(event([message('new'), former(message('old'))]))
      const [since] = await store(event([message('new')]))
      expect([upgraded, since]).toEqual([old, old])
    })

    test('with the same words take a stack that lacks frames, unless it fits several', async () => {
      const stack = (...parts: string[]): GroupingKey => ({ variant: 'frames', hash: parts.join(), parts })
      const [one] = await store(event([stack('Error', 'main', 'save'), message('words')]))
      const [other] = await store(event([stack('Error', 'main', 'load'), message('words')]))
      expect(other).not.toBe(one)
      expect(await store(event([stack('Error', 'save'), message('words')]))).toEqual([one])
      const [between] = await store(event([stack('Error', 'main'), message('words')]))
      expect([one, other]).not.toContain(between)
      expect(await store(event([stack('Error', 'save', 'deeper'), message('other words')]))).not.toContain(one)
    })

    test('are numbered within their project', async () => {
      const results = await storeAll(event([message('a')]), event([message('b')]))
      const ids = results.map((result) => result.status === 'stored' && result.issue.shortId)
      expect(ids).toEqual([expect.stringMatching(/-1$/), expect.stringMatching(/-2$/)])
    })

    test('count events, repeats and users, and keep the newest headline whatever the order of arrival', async () => {
      const newest = event([message('x')], { happenedAt: NOON, user: 'a', release: '2' })
      const older = event([message('x')], { happenedAt: NOON - 1000, user: 'b', release: '1', times: 41 })
      older.headline = { title: 'older words', culprit: '', metadata: {} }
      const [id] = await store(newest, older, event([message('x')], { user: 'a' }))
      expect(await stores.issues.find(id as number)).toMatchObject({
        eventCount: 43,
        userCount: 2,
        firstSeen: NOON - 1000,
        lastSeen: NOON,
        title: 'event of x',
        lastRelease: '2',
      })
    })

    test('come back from resolved, and only from there', async () => {
      const [id] = (await store(event([message('x')]))) as number[]
      await stores.triage.change([id!], [{ type: 'archive' }], null)
      await store(event([message('x')]))
      expect((await stores.issues.find(id!))?.status).toBe('ignored')
      await stores.triage.change([id!], [{ type: 'resolve', resolution: { by: 'now' } }], null)
      const [result] = await storeAll(event([message('x')]))
      expect(result).toMatchObject({ status: 'stored', change: 'regressed' })
      expect((await stores.issues.find(id!))?.status).toBe('unresolved')
    })
  })

  describe(`${adapter}: events`, () => {
    test('of one ID are stored once, within a batch and between batches', async () => {
      const one = event([message('x')])
      const [id] = await store(one)
      expect(await store(one, event([message('y')], { eventId: one.eventId }))).toEqual(['duplicate', 'duplicate'])
      expect((await stores.issues.find(id as number))?.eventCount).toBe(1)
    })

    test('are given back whole', async () => {
      const one = event([message('x')], { user: 'ü\n"', release: 'r' })
      await store(one)
      const { payload, stacks, grouping, headline, kind } = one
      expect(await stores.events.find(stores.projectId, one.eventId)).toMatchObject(
        JSON.parse(JSON.stringify({ payload, stacks, grouping, headline, kind, happenedAt: NOON })),
      )
      expect(await stores.events.find(stores.projectId + 1, one.eventId)).toBeUndefined()
    })

    test('are listed by time, page by page, each once', async () => {
      const times = [5, 3, 3, 9, 1]
      const [id] = (await store(...times.map((time) => event([message('x')], { happenedAt: NOON + time })))) as number[]
      const seen: number[] = []
      let cursor: string | undefined
      do {
        const query = { of: { issueId: id! }, limit: 2, ...(cursor === undefined ? {} : { cursor }) }
        const page = (await stores.eventSearch.list(query))!
        seen.push(...page.events.map(({ happenedAt }) => happenedAt - NOON))
        cursor = page.next
      } while (cursor !== undefined)
      expect(seen).toEqual([9, 5, 3, 3, 1])
      expect((await stores.events.newest(id!))?.happenedAt).toBe(NOON + 9)
      expect((await stores.events.oldest(id!))?.happenedAt).toBe(NOON + 1)
    })

    test('know their neighbours', async () => {
      const [a, b, c] = [1, 2, 2].map((time) => event([message('x')], { happenedAt: NOON + time })) as [
        GroupedEvent,
        GroupedEvent,
        GroupedEvent,
      ]
      await store(a, b, c)
      const around = async (one: GroupedEvent) =>
        stores.events.neighbours((await stores.events.find(stores.projectId, one.eventId))!)
      expect(await around(a)).toEqual({ next: b.eventId })
      expect(await around(b)).toEqual({ previous: a.eventId, next: c.eventId })
      expect(await around(c)).toEqual({ previous: b.eventId })
    })
  })

  test(`${adapter}: a batch is stored whole or not at all`, async () => {
    const good = event([message('x')])
    const bad = event([message('y')], { projectId: 999_999 })
    await expect(storeAll(good, bad)).rejects.toThrow()
    expect(await stores.events.find(stores.projectId, good.eventId)).toBeUndefined()
    expect(await stores.outcomes.list(stores.projectId)).toEqual([])
  })

  test(`${adapter}: outcomes add up by hour`, async () => {
    const outcome = {
      projectId: stores.projectId,
      category: 'error',
      outcome: 'discarded',
      reason: 'network_error',
    } as const
    const { projectId } = stores
    const told = [
      { ...outcome, at: NOON, quantity: 2 },
      { ...outcome, at: NOON + 59 * 60_000, quantity: 3 },
      { ...outcome, at: NOON + 3_600_000, quantity: 5 },
    ]
    await stores.events.store({ reports: [{ projectId, outcomes: told }] })
    expect((await stores.outcomes.list(stores.projectId)).map(({ hour, quantity }) => [hour - NOON, quantity])).toEqual(
      [
        [0, 5],
        [3_600_000, 5],
      ],
    )
  })

  describe(`${adapter}: frames`, () => {
    const frame = (name: string) =>
      ({ filename: 'src/app.ts', function: name, lineno: 1, colno: 1, inApp: true }) as unknown as ResolvedFrame
    const failing = (names: string[]) =>
      event([message(names.join())], { stacks: [names.map(frame)] } as unknown as GroupedFields)
    const namesIn = async ({ eventId }: GroupedEvent) => {
      const stored = await stores.events.find(stores.projectId, eventId)
      return stored!.stacks[0]!.map((resolved) => resolved.function)
    }

    test('that earlier events have shown come back with each event', async () => {
      const events = [failing(['main', 'save']), failing(['main', 'load']), failing(['main', 'save'])]
      for (const each of events) await storeAll(each)
      expect(await Promise.all(events.map(namesIn))).toEqual([
        ['main', 'save'],
        ['main', 'load'],
        ['main', 'save'],
      ])
    })

    test('of a batch that was not stored are stored with the next', async () => {
      const [lost, kept] = [failing(['main', 'save']), failing(['main', 'save'])]
      // An item that is noted twice breaks the transaction at its end.
      await expect(stores.events.store({ events: [stores.events.pack(lost)], items: [7, 7] })).rejects.toThrow()
      await storeAll(kept)
      expect(await namesIn(kept)).toEqual(['main', 'save'])
    })
  })

  test(`${adapter}: a report with an ID is counted once`, async () => {
    const { projectId } = stores
    const outcome = {
      projectId,
      category: 'error',
      outcome: 'discarded',
      reason: 'sample_rate',
      at: NOON,
      quantity: 2,
    } as const
    const report = { projectId, id: 'a', outcomes: [outcome, { ...outcome, reason: 'ignored' }] }
    await stores.events.store({ reports: [report, report] })
    await stores.events.store({ reports: [report, { ...report, id: 'b' }, { projectId, outcomes: [outcome] }] })
    expect((await stores.outcomes.list(projectId)).map(({ reason, quantity }) => [reason, quantity])).toEqual([
      ['ignored', 4],
      ['sample_rate', 6],
    ])
  })
}
