import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { miscounted } from '../src/adapters/sql/recount.ts'
import type { Limits } from '../src/ports/retention.ts'
import { regroup } from '../src/regrouping/regroup.ts'
import { retain, retaining } from '../src/retention/retain.ts'
import { fairShare } from '../src/retention/share.ts'
import { envelope, errorEvent, newEventId, NOON, type TestEvent } from './harness.ts'
import { db, service, useServiceAndStore } from './service-and-store.ts'
import { onPostgres } from './main-store.ts'

const DAY = 24 * 3_600_000
const PLENTY: Limits = { days: 36_525, events: 1e9, megabytes: 1e6 }

useServiceAndStore()

const failure = (type: string, fields: TestEvent = {}): TestEvent & { event_id: string } =>
  errorEvent({ exception: { values: [{ type, value: 'failed' }] }, timestamp: service.clock.now / 1000, ...fields })

const happen = async (...events: (TestEvent & { event_id: string })[]): Promise<string[]> => {
  for (const event of events) await service.post(service.envelopePath, envelope(event))
  await service.digest()
  return events.map(({ event_id: id }) => id)
}

/** Several events of one kind, a minute apart. */
const burst = async (type: string, amount: number, fields: TestEvent = {}): Promise<string[]> => {
  const ids: string[] = []
  for (let index = 0; index < amount; index += 1) {
    service.clock.now += 60_000
    ids.push(...(await happen(failure(type, fields))))
  }
  return ids
}

const sweep = async (limits: Partial<Limits>): Promise<number> => {
  let deleted = 0
  const steps = retain({
    retention: service.stores.retention,
    limits: { ...PLENTY, ...limits },
    now: () => service.clock.now,
  })
  for await (const step of steps) deleted += step
  return deleted
}

const isStored = async (id: string): Promise<boolean> =>
  (await service.stores.events.find(service.project.id, id)) !== undefined

const storedOf = async (ids: readonly string[]): Promise<number[]> => {
  const kept: number[] = []
  for (const [index, id] of ids.entries()) if (await isStored(id)) kept.push(index)
  return kept
}

const issueOf = async (query: string) => {
  const response = await service.read(`/api/0/projects/acme/shop/issues/?query=${encodeURIComponent(query)}`)
  return ((await response.json()) as { id: string; count: string; userCount: number }[])[0]
}

describe('by age', () => {
  test('the first event of an issue that is still seen stays, and its figures', async () => {
    const old = await burst('OldError', 5, { user: { id: 'a' } })
    service.clock.now += 40 * DAY
    const [recent] = await happen(failure('OldError'))
    expect(await sweep({ days: 30 })).toBe(4)
    expect([await storedOf(old), await isStored(recent!)]).toEqual([[0], true])
    expect(await issueOf('OldError')).toMatchObject({ count: '6', userCount: 1 })
  })

  test('an issue that was not seen since goes as a whole, and would be new', async () => {
    const old = await burst('GoneError', 3)
    service.clock.now += 31 * DAY
    await sweep({ days: 30 })
    expect([await storedOf(old), await issueOf('GoneError')]).toEqual([[], undefined])
    await happen(failure('GoneError'))
    expect(service.told.at(-1)).toMatchObject({ what: 'new' })
    expect((await db.selectFrom('issue_tag').selectAll().execute()).length).toBeGreaterThan(0)
  })

  test('what people told goes by its age; files go with what they came with', async () => {
    const { id: projectId } = service.project
    const told = { kind: 'feedback', projectId, name: '', email: '', url: '', source: 'widget', release: null } as const
    const file = { kind: 'attachment', projectId, name: 'log.txt', contentType: 'text/plain' } as const
    const tell = async (message: string, eventId: string): Promise<void> => {
      const at = { happenedAt: service.clock.now, receivedAt: service.clock.now, environment: 'production' }
      const ids = { feedbackId: newEventId(), attachmentId: newEventId() }
      const bytes = new TextEncoder().encode(message)
      await service.stores.feedback.store([
        { ...told, ...at, feedbackId: ids.feedbackId, eventId: null, message },
        { ...file, ...ids, eventId: ids.feedbackId, receivedAt: at.receivedAt, bytes },
        { ...file, attachmentId: newEventId(), eventId, receivedAt: at.receivedAt, bytes },
      ])
    }
    const [first, second] = await burst('ToldError', 2)
    await tell('long ago', first!)
    await tell('long ago, too', second!)
    service.clock.now += 40 * DAY
    const [recent] = await happen(failure('ToldError'))
    await tell('just now', recent!)
    await sweep({ days: 30 })
    const { feedback } = await service.stores.feedback.list({ projectIds: [projectId], limit: 9 })
    expect(feedback.map(({ message, attachments }) => [message, attachments.length])).toEqual([['just now', 1]])
    const filesOf = async (id: string) => (await service.stores.feedback.attachments(projectId, id)).length
    // The first event of the issue stays, and so does its file.
    expect([await filesOf(first!), await filesOf(second!), await filesOf(recent!)]).toEqual([1, 0, 1])
    expect(await db.selectFrom('attachment').selectAll().execute()).toHaveLength(3)
  })

  test("a project's own limit goes before the operator's", async () => {
    const old = await burst('OwnError', 3)
    await service.stores.retention.setOwnLimits(service.project.id, { days: 90 })
    service.clock.now += 40 * DAY
    expect(await sweep({ days: 30 })).toBe(0)
    expect(await storedOf(old)).toHaveLength(3)
  })
})

describe('by number and size', () => {
  test('the noisiest issue is thinned, never its first, last or the event that brought it back', async () => {
    const quiet = await burst('QuietError', 3)
    const before = await burst('NoisyError', 10)
    const issue = await issueOf('NoisyError')
    await service.stores.triage.change([Number(issue!.id)], [{ type: 'resolve', resolution: { by: 'now' } }], null)
    const after = await burst('NoisyError', 10)
    expect(await sweep({ events: 8 })).toBe(15)
    expect(await storedOf(quiet)).toEqual([0, 1, 2])
    expect(await storedOf([...before, ...after])).toEqual([0, 10, 17, 18, 19])
    expect(await issueOf('NoisyError')).toMatchObject({ count: '20' })
  })

  test('nor what people had before them when they gave the issue to somebody or wrote about it', async () => {
    const ada = await service.logInAs('ada@acme.test', 'member')
    const ids = await burst('ToldOfError', 4)
    const path = `/api/0/organizations/acme/issues/${(await issueOf('ToldOfError'))!.id}/`
    const send = async (address: string, method: string, body: object): Promise<number> =>
      (
        await service.request(address, {
          method,
          headers: { ...ada, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).status
    expect(await send(path, 'PUT', { assignedTo: 'ada@acme.test' })).toBe(200)
    ids.push(...(await burst('ToldOfError', 3)))
    for (const text of ['Looks like the cart.', 'It is the cart.'])
      expect(await send(`${path}comments/`, 'POST', { text })).toBe(201)
    ids.push(...(await burst('ToldOfError', 3)))
    expect(await sweep({ events: 1 })).toBe(6)
    expect(await storedOf(ids)).toEqual([0, 3, 6, 9])
  })

  test('large events count by their bytes', async () => {
    const large = await burst('LargeError', 6, {
      extra: { dump: Array.from({ length: 3000 }, () => Math.random()).join(' ') },
    })
    const [{ bytes } = { bytes: 0 }] = await service.stores.retention.usage(service.project.id)
    await sweep({ megabytes: bytes / 2e6 })
    const kept = await storedOf(large)
    expect(kept.length).toBeLessThan(6)
    expect([kept[0], kept.at(-1)]).toEqual([0, 5])
  })

  test('several noisy issues are cut to one height', () => {
    expect(fairShare([1, 50, 60, 2], 43)).toBe(20)
    expect(fairShare([1, 2, 3], 6)).toBe(Infinity)
    expect(fairShare([10, 10], 1)).toBe(0)
    expect(fairShare([], 5)).toBe(Infinity)
  })
})

// PostgreSQL's own autovacuum does.
test.skipIf(onPostgres)('deleted space is given back to the disk', async () => {
  await burst('BigError', 40, { extra: { dump: Array.from({ length: 400 }, () => Math.random()).join(' ') } })
  const pragma = async (name: string): Promise<number> => {
    const { rows } = await sql<Record<string, number>>`pragma ${sql.raw(name)}`.execute(db)
    return rows[0]![name]!
  }
  const full = await pragma('page_count')
  await sweep({ events: 2 })
  expect(await pragma('page_count')).toBeLessThan(full)
  expect(await pragma('freelist_count')).toBe(0)
})

test('what has expired goes: sessions, links, counted reports', async () => {
  const { accounts } = service.stores
  await accounts.addSession({ secretHash: 'old', accountId: 1, expiresAt: NOON - 1 })
  await accounts.addSession({ secretHash: 'new', accountId: 1, expiresAt: NOON + DAY })
  await accounts.addLink({ purpose: 'invite', accountId: 1, secretHash: 'used', expiresAt: NOON - 1 })
  await sweep({})
  expect((await db.selectFrom('session').select('secret_hash').execute()).map((row) => row.secret_hash)).toEqual([
    'new',
  ])
  expect(await db.selectFrom('one_time_link').selectAll().execute()).toEqual([])
})

test('a sweep runs in steps and comes back an hour later', async () => {
  await burst('StepError', 3)
  const step = retaining({ retention: service.stores.retention, limits: PLENTY, now: () => service.clock.now })
  const turns = async (): Promise<number> => {
    let count = 0
    while (await step()) count += 1
    return count
  }
  expect(await turns()).toBeGreaterThan(0)
  expect(await turns()).toBe(0)
  service.clock.now += 2 * 3_600_000
  expect(await turns()).toBeGreaterThan(0)
})

test('a sweep that had to delete much begins again at once, one that deleted little an hour later', async () => {
  const limits = { ...PLENTY, events: 20 }
  const step = retaining({ retention: service.stores.retention, limits, now: () => service.clock.now })
  const finish = async (): Promise<void> => {
    while (await step());
  }
  const stored = async (): Promise<number> => (await db.selectFrom('event').select('id').execute()).length
  await burst('FloodError', 25)
  await finish()
  await happen(failure('FloodError'))
  expect(await stored()).toBe(21)
  await finish()
  expect(await stored()).toBe(20)
  await happen(failure('FloodError'))
  await finish()
  expect(await stored()).toBe(21)
})

test('a merge is undone after events were deleted, before it and after it', async () => {
  await burst('AppleError', 10)
  await burst('PearError', 8, { user: { id: 'a' } })
  await sweep({ events: 10 })
  const [apples, pears] = [await issueOf('AppleError'), await issueOf('PearError')]
  await service.stores.merges.merge(
    service.project.id,
    { target: Number(apples!.id), sources: [Number(pears!.id)] },
    'user:1',
  )
  while (await regroup(service.stores));
  expect(await issueOf('')).toMatchObject({ id: apples!.id, count: '18', userCount: 1 })
  await burst('PearError', 3, { user: { id: 'a' } })
  await sweep({ events: 4 })
  const [transfer] = await service.stores.merges.transfers(Number(apples!.id))
  await service.stores.merges.undo(Number(apples!.id), transfer!.id, 'user:1')
  while (await regroup(service.stores));
  expect([await issueOf('AppleError'), await issueOf('PearError')]).toMatchObject([
    { id: apples!.id, count: '10' },
    { id: pears!.id, count: '11' },
  ])
  expect(await miscounted(db)).toEqual([])
})
