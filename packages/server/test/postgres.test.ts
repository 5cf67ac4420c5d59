import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { openPostgres } from '../src/adapters/postgres/database.ts'
import { differencesOf } from '../src/adapters/sql/differences.ts'
import { noteChanged } from '../src/adapters/sql/issue-changes.ts'
import { miscounted } from '../src/adapters/sql/recount.ts'
import type { GroupedEvent } from '../src/event.ts'
import { openStores, type Stores } from '../src/stores.ts'
import { upgrade } from '../src/upgrade.ts'
import { eventStoreContract } from './contracts/event-store.ts'
import { feedbackStoreContract } from './contracts/feedback-store.ts'
import { groupedEvent, type GroupedFields } from './grouped-event.ts'
import { NOON } from './harness.ts'
import { createEmptyStore, dropStore, openDatabase, storeOptions } from './main-store.ts'
import { createDatabase } from './postgres-server.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'foghorn-postgres-test-'))
  cleanups.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** A folder whose store is an empty database. */
const emptyStore = async (): Promise<string> => {
  const data = folder()
  await createEmptyStore(data)
  cleanups.push(() => dropStore(data))
  return data
}

/** Another process on the database of a folder. */
const openOn = async (data: string): Promise<Stores> => {
  const stores = await openStores(folder(), { ...storeOptions(data), now: () => NOON })
  cleanups.push(() => stores.close())
  return stores
}

const createProject = async (stores: Stores, slug: string): Promise<number> => {
  const { id } = await stores.projects.ensureOrganization('acme')
  return (await stores.projects.create({ organizationId: id, slug, name: slug }))!.id
}

const openWithProject = async () => {
  const stores = await openOn(await emptyStore())
  return { ...stores, projectId: await createProject(stores, 'shop') }
}

eventStoreContract('PostgreSQL', openWithProject)
feedbackStoreContract('PostgreSQL', openWithProject)

const signal = () => {
  let resolve = (): void => undefined
  const promise = new Promise<void>((settle) => (resolve = settle))
  return { promise, resolve: () => resolve() }
}

const PROCESSES = 4
const ROUNDS = 6
const FAULTS = 5

describe('several processes on one database', () => {
  const open = async () => {
    const data = await emptyStore()
    const processes = await Promise.all(Array.from({ length: PROCESSES }, () => openOn(data)))
    const projects = [await createProject(processes[0]!, 'shop'), await createProject(processes[0]!, 'blog')]
    return { data, processes, projects }
  }

  const fault = (projectId: number, number: number, fields: GroupedFields): GroupedEvent =>
    groupedEvent(projectId, [{ variant: 'message', hash: `fault-${number}`, parts: [`${number}`] }], fields)

  /** What every process gets of a round: for both projects, and all in another order. */
  const batchesOf = (round: number, projects: readonly number[]): GroupedEvent[][] => {
    const events = projects.flatMap((projectId) =>
      Array.from({ length: FAULTS }, (_, number) =>
        fault(projectId, round * 2 + number, { user: `user-${round}-${number}`, release: `shop@${number}` }),
      ),
    )
    return Array.from({ length: PROCESSES }, (_, turn) => [...events.slice(turn), ...events.slice(0, turn)])
  }

  test('store what overlaps at the same time: each event once, no issue twice, counters right', async () => {
    const { data, processes, projects } = await open()
    let [stored, sent] = [0, 0]
    for (let round = 0; round < ROUNDS; round += 1) {
      const batches = batchesOf(round, projects)
      const results = await Promise.all(
        batches.map((batch, index) =>
          processes[index]!.events.store({ events: batch.map(processes[index]!.events.pack) }),
        ),
      )
      sent += FAULTS * projects.length
      stored += results.flat().filter(({ status }) => status === 'stored').length
    }
    expect(stored).toBe(sent)
    const db = await openDatabase(data)
    cleanups.push(() => db.destroy())
    expect(await miscounted(db)).toEqual([])
    const issues = await db.selectFrom('issue').select(['project_id', 'number', 'event_count']).execute()
    const faults = (ROUNDS - 1) * 2 + FAULTS
    expect(issues).toHaveLength(faults * projects.length)
    expect(issues.reduce((sum, { event_count: count }) => sum + count, 0)).toBe(sent)
    for (const id of projects)
      expect(
        issues
          .filter(({ project_id }) => project_id === id)
          .map(({ number }) => number)
          .toSorted((a, b) => a - b),
      ).toEqual(Array.from({ length: faults }, (_, index) => index + 1))
    const accepted = (await Promise.all(projects.map((id) => processes[0]!.outcomes.list(id)))).flat()
    const count = (outcome: string) =>
      accepted.filter((one) => one.outcome === outcome).reduce((sum, { quantity }) => sum + quantity, 0)
    expect([count('accepted'), count('duplicate')]).toEqual([sent, sent * (PROCESSES - 1)])
  })

  test('whoever listens misses no change, in whatever order transactions end', async () => {
    const { data, processes, projects } = await open()
    const store = async (process: number, projectId: number): Promise<number> => {
      const { events } = processes[process]!
      const [result] = await events.store({ events: [events.pack(fault(projectId, process, {}))] })
      return result!.status === 'stored' ? result!.issue.id : 0
    }
    const slowIssue = await store(0, projects[0]!)
    const listener = processes[1]!.issueChanges
    const place = { change: await listener.newest(), issueId: slowIssue }
    const seen: number[] = []
    const listen = async (): Promise<void> => {
      for (const { change, issueId } of await listener.since(projects, place, 100)) {
        seen.push(issueId)
        Object.assign(place, { change, issueId })
      }
    }
    const db = await openDatabase(data)
    cleanups.push(() => db.destroy())
    const [begun, gate] = [signal(), signal()]
    const slow = differencesOf(db).transactionOn(db, [projects[0]!], async (transaction) => {
      await noteChanged(transaction, [slowIssue])
      begun.resolve()
      await gate.promise
    })
    await begun.promise
    const fast = store(2, projects[1]!)
    // As long as it would take if it did not have to wait.
    await Promise.race([fast, setTimeout(1000)])
    await listen()
    gate.resolve()
    await Promise.all([slow, fast])
    await listen()
    expect(seen).toEqual([slowIssue, await fast])
  })

  test('do what is claimed one at a time, and another goes on when one is gone', async () => {
    const data = await emptyStore()
    const clock = { now: NOON }
    const openAt = async () => {
      const stores = await openStores(folder(), { ...storeOptions(data), now: () => clock.now })
      cleanups.push(() => stores.close())
      return stores
    }
    const [one, other] = [await openAt(), await openAt()]
    const projectId = await createProject(one, 'shop')
    await one.groupingSettings.setRules(projectId, [])
    const taken = await Promise.all([one.regrouping.next(), other.regrouping.next()])
    expect(taken.filter(Boolean)).toHaveLength(1)
    const [owner, waiting] = taken[0] ? [one, other] : [other, one]
    expect(await owner.regrouping.next()).toBeDefined()
    clock.now += 31_000
    expect(await waiting.regrouping.next()).toBeDefined()
    expect(await owner.regrouping.next()).toBeUndefined()
  })

  test('tell their own requests from those of other inboxes', async () => {
    const { processes } = await open()
    await processes[0]!.events.store({ items: [1, 2] })
    await processes[1]!.events.store({ items: [2, 3] })
    const digested = await Promise.all(processes.slice(0, 3).map(({ events }) => events.digestedItems([1, 2, 3])))
    expect(digested.map((items) => [...items])).toEqual([[1, 2], [2, 3], []])
  })

  test('bring the schema about together', async () => {
    const { settings, drop } = await createDatabase({ isBlank: true })
    cleanups.push(drop)
    await Promise.all(Array.from({ length: 3 }, () => upgrade(folder(), settings)))
    const db = await openPostgres(settings)
    cleanups.push(() => db.destroy())
    expect(await db.selectFrom('issue').selectAll().execute()).toEqual([])
  })
})

test('what can be answered as things were a moment ago is asked of a replica, all else of the database', async () => {
  const [data, behind] = [await emptyStore(), await emptyStore()]
  const { url: readUrl } = storeOptions(behind).postgres!
  const stores = await openStores(folder(), { postgres: { ...storeOptions(data).postgres!, readUrl }, now: () => NOON })
  cleanups.push(() => stores.close())
  const projectId = await createProject(stores, 'shop')
  const event = groupedEvent(projectId, [{ variant: 'message', hash: 'x', parts: ['x'] }])
  await stores.events.store({ events: [stores.events.pack(event)] })
  expect(await stores.events.find(projectId, event.eventId)).toBeDefined()
  expect(await stores.tags.keys([projectId])).toEqual([])
})

test('what is no number is nothing, as in SQLite: an address that names no issue leads to none', async () => {
  const { issues } = await openWithProject()
  expect(await issues.find(Number('none'))).toBeUndefined()
})

test('texts that PostgreSQL cannot hold are stored as what can be read', async () => {
  const stores = await openWithProject()
  const { projectId } = stores
  const headline = { title: 'a\0b \uD800 c', culprit: '\0', metadata: {} }
  const event = groupedEvent(projectId, [{ variant: 'message', hash: 'x\0', parts: ['x\0'] }], {
    headline,
    user: 'u\0',
  })
  const [result] = await stores.events.store({ events: [stores.events.pack(event)] })
  expect(result!.status).toBe('stored')
  const found = await stores.events.find(projectId, event.eventId)
  const issue = await stores.issues.find(found!.issueId)
  expect(issue!.title).toBe('a\uFFFDb \uFFFD c')
})
