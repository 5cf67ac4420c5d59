import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ActivityJson, ErrorJson, IssueDetailsJson } from '../src/index.ts'
import { envelope, errorEvent, newEventId, NOON, startService, type TestEvent, type TestService } from './harness.ts'
import { openDatabase } from './main-store.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

/** The service takes a moment to digest; its clock is the test's. */
const send = async (...events: TestEvent[]): Promise<void> => {
  for (const event of events)
    await service.post(
      service.envelopePath,
      envelope(errorEvent({ event_id: newEventId(), timestamp: service.clock.now / 1000, ...event })),
    )
  await service.digest()
}

const ask = (method: string, path: string, body?: unknown): Promise<Response> =>
  service.request(`/api/0${path}`, {
    method,
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

const ISSUE = '/organizations/acme/issues/1/'
const read = async (): Promise<IssueDetailsJson> => (await (await ask('GET', ISSUE)).json()) as IssueDetailsJson
const change = async (body: unknown): Promise<IssueDetailsJson> => {
  const response = await ask('PUT', ISSUE, body)
  expect(response.status).toBe(200)
  return (await response.json()) as IssueDetailsJson
}
const types = ({ activity }: { activity: ActivityJson[] }): string[] => activity.map(({ type }) => type)
const later = (ms: number): void => void (service.clock.now += ms)
const createRelease = (version: string, body: object = {}): Promise<Response> =>
  ask('POST', '/organizations/acme/releases/', { version, projects: ['shop'], ...body })

describe('resolving', () => {
  test('closes an issue until it happens again, and its feed tells both', async () => {
    await send({})
    const note = 'The cart is checked before'
    expect(await change({ status: 'resolved', statusDetails: { note } })).toMatchObject({
      status: 'resolved',
      substatus: null,
      statusDetails: { note },
    })
    later(HOUR)
    await send({ release: 'shop@2.0.0' })
    const issue = await read()
    expect(issue).toMatchObject({ status: 'unresolved', substatus: 'regressed', statusDetails: {} })
    expect(types(issue)).toEqual(['set_regression', 'set_resolved', 'first_seen'])
    expect(issue.activity[0]!.data).toMatchObject({ version: 'shop@2.0.0', resolution: { by: 'now', note } })
    expect(service.told.map(({ what }) => what)).toEqual(['new', 'regressed'])
  })

  test('is not undone by what had happened before and arrives late', async () => {
    await send({})
    later(HOUR)
    await change({ status: 'resolved' })
    await send({ timestamp: (NOON + MINUTE) / 1000 })
    expect(await read()).toMatchObject({ status: 'resolved', count: '2' })
  })

  test('in a release is undone by that release and later ones alone', async () => {
    await send({ release: 'shop@1.9.0' })
    expect(await change({ status: 'resolved', statusDetails: { inRelease: 'shop@1.10.0' } })).toMatchObject({
      statusDetails: { inRelease: 'shop@1.10.0' },
    })
    later(HOUR)
    await send({ release: 'shop@1.9.1' }, {})
    expect((await read()).status).toBe('resolved')
    await send({ release: 'shop@1.10.0' })
    expect(await read()).toMatchObject({ status: 'unresolved', substatus: 'regressed', count: '4' })
  })

  test('in the next release is undone by what comes after the latest of then', async () => {
    await send({ release: 'shop@1.0.0' })
    await createRelease('shop@1.0.0')
    await createRelease('shop@1.1.0')
    const { statusDetails } = await change({ status: 'resolvedInNextRelease' })
    expect(statusDetails).toEqual({ inNextRelease: true, afterRelease: 'shop@1.1.0' })
    later(HOUR)
    await send({ release: 'shop@1.1.0' })
    expect((await read()).status).toBe('resolved')
    await send({ release: 'shop@1.1.1' })
    expect((await read()).status).toBe('unresolved')
  })

  test('in the next release needs a release to come after', async () => {
    await send({})
    const response = await ask('PUT', ISSUE, { status: 'resolved', statusDetails: { inNextRelease: true } })
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: { statusDetails: [expect.stringContaining('foghorn releases new')] } },
    ])
  })

  test('releases that are no versions stand in the order of their dates', async () => {
    await createRelease('blue', { dateReleased: new Date(NOON - HOUR).toISOString() })
    await createRelease('green', { dateReleased: new Date(NOON).toISOString() })
    await send({ release: 'blue' })
    await change({ status: 'resolved', statusDetails: { inRelease: 'green' } })
    later(HOUR)
    await send({ release: 'blue' })
    expect((await read()).status).toBe('resolved')
    await send({ release: 'green' })
    expect((await read()).status).toBe('unresolved')
  })

  test('by a commit is undone by releases that have the commit', async () => {
    await send({ release: 'shop@1.0.0' })
    const inCommit = { commit: 'a'.repeat(40), repository: 'acme/shop' }
    expect((await change({ status: 'resolved', statusDetails: { inCommit } })).statusDetails).toEqual({ inCommit })
    later(HOUR)
    await send({ release: 'shop@1.1.0' })
    expect((await read()).status).toBe('resolved')
    await createRelease('shop@1.2.0', { commits: [{ id: inCommit.commit, repository: 'acme/shop' }] })
    await send({ release: 'shop@1.1.0' })
    expect((await read()).status).toBe('resolved')
    await send({ release: 'shop@1.2.0' })
    expect((await read()).status).toBe('unresolved')
  })

  test('comes from commits that say so, once', async () => {
    await send({ release: 'shop@1.0.0' })
    const commits = [{ id: 'b'.repeat(40), repository: 'acme/shop', message: 'Check the cart\n\nFixes SHOP-1' }]
    await createRelease('shop@1.1.0', { commits })
    const resolved = await read()
    expect([resolved.status, types(resolved)]).toEqual(['resolved', ['set_resolved_in_commit', 'first_seen']])
    await change({ status: 'unresolved' })
    await createRelease('shop@1.1.0', { commits })
    expect((await read()).status).toBe('unresolved')
  })
})

describe('ignoring', () => {
  test('for a while ends when that is over, without an event', async () => {
    await send({})
    expect(await change({ status: 'ignored', statusDetails: { ignoreDuration: 30 } })).toMatchObject({
      status: 'ignored',
      substatus: 'archived_until_condition_met',
      statusDetails: { ignoreUntil: new Date(NOON + 30 * MINUTE).toISOString() },
    })
    later(30 * MINUTE - 1)
    expect(await service.stores.triage.tend()).toBe(false)
    later(1)
    expect(await service.stores.triage.tend()).toBe(true)
    const issue = await read()
    expect([issue.status, types(issue)]).toEqual(['unresolved', ['set_unresolved', 'set_ignored', 'first_seen']])
    expect(issue.activity[0]!.data).toMatchObject({ because: 'time' })
  })

  test('ends with so many events more', async () => {
    await send({}, {})
    await change({ status: 'ignored', statusDetails: { ignoreCount: 3 } })
    await send({}, {})
    expect((await read()).status).toBe('ignored')
    await send({})
    expect(await read()).toMatchObject({ status: 'unresolved', count: '5' })
  })

  test('ends with so many events within a time, not with as many over a longer one', async () => {
    await send({})
    await change({ status: 'ignored', statusDetails: { ignoreCount: 3, ignoreWindow: 10 } })
    for (let times = 0; times < 4; times += 1) {
      later(6 * MINUTE)
      await send({})
    }
    expect((await read()).status).toBe('ignored')
    later(MINUTE)
    await send({}, {})
    expect((await read()).status).toBe('unresolved')
  })

  test('ends with so many people more', async () => {
    await send({ user: { id: 'ada' } })
    await change({ status: 'ignored', statusDetails: { ignoreUserCount: 2 } })
    await send({ user: { id: 'ada' } }, { user: { id: 'bob' } })
    expect((await read()).status).toBe('ignored')
    await send({ user: { id: 'eve' } })
    expect((await read()).status).toBe('unresolved')
  })

  test('ends with so many people within a time, whether they are new or not', async () => {
    await send({ user: { id: 'ada' } })
    await change({ status: 'ignored', statusDetails: { ignoreUserCount: 2, ignoreUserWindow: 10 } })
    await send({ user: { id: 'ada' } })
    later(11 * MINUTE)
    await send({ user: { id: 'bob' } })
    expect((await read()).status).toBe('ignored')
    later(MINUTE)
    await send({ user: { id: 'ada' } })
    expect((await read()).status).toBe('unresolved')
  })

  test('keeps who met it only while that matters, and forgets whoever is erased', async () => {
    const db = await openDatabase(service.data)
    const kept = async () =>
      (await db.selectFrom('ignored_issue_user').select('user_key').execute()).map((row) => row.user_key)
    await send({ user: { id: 'ada' } })
    await change({ status: 'ignored', statusDetails: { ignoreUserCount: 9, ignoreUserWindow: 10 } })
    await send({ user: { id: 'ada' } }, { user: { id: 'bob' } })
    expect((await kept()).toSorted()).toEqual(['ada', 'bob'])
    expect((await ask('DELETE', '/organizations/acme/personal-data/?id=ada')).status).toBe(200)
    expect(await kept()).toEqual(['bob'])
    await change({ status: 'unresolved' })
    expect(await kept()).toEqual([])
    await db.destroy()
  })

  test('without a condition is for good', async () => {
    await send({})
    expect(await change({ status: 'ignored' })).toMatchObject({ substatus: 'archived_forever', statusDetails: {} })
    later(1000 * HOUR)
    await send({}, {}, {})
    await service.stores.triage.tend()
    expect(await read()).toMatchObject({ status: 'ignored', substatus: 'archived_forever' })
  })

  test.each([
    [{ ignoreCount: 0 }, 'statusDetails.ignoreCount'],
    [{ ignoreCount: 1.5 }, 'statusDetails.ignoreCount'],
    [{ ignoreDuration: -5 }, 'statusDetails.ignoreDuration'],
    [{ ignoreUntil: 'tomorrow' }, 'statusDetails.ignoreUntil'],
    [{ ignoreCount: 20_000, ignoreWindow: 60 }, 'statusDetails'],
  ])('says what is wrong with %j', async (statusDetails, field) => {
    await send({})
    const response = await ask('PUT', ISSUE, { status: 'ignored', statusDetails })
    const { errors } = (await response.json()) as ErrorJson
    expect([response.status, Object.keys(errors ?? {})]).toEqual([400, [field]])
  })
})

describe('work on an issue', () => {
  test('is begun, and told', async () => {
    await send({})
    expect(await change({ status: 'in_progress' })).toMatchObject({ status: 'unresolved', substatus: 'in_progress' })
    expect((await change({ status: 'unresolved' })).substatus).toBe('ongoing')
  })

  test('what changes nothing is not told, and a request for nothing is refused', async () => {
    await send({})
    expect(types(await change({ status: 'unresolved' }))).toEqual(['first_seen'])
    expect((await ask('PUT', ISSUE, {})).status).toBe(400)
    expect((await ask('PUT', ISSUE, { status: 'gone' })).status).toBe(400)
  })

  test('the priority follows severity, people and trend, until somebody sets it', async () => {
    await send({ user: { id: 'ada' } })
    const before = await read()
    await send(...Array.from({ length: 40 }, (_, user) => ({ user: { id: `u${user}` } })))
    const grown = await read()
    expect(grown.priorityScore).toBeGreaterThan(before.priorityScore)
    later(12 * HOUR)
    expect(await service.stores.triage.tend()).toBe(true)
    expect((await read()).priorityScore).toBeLessThan(grown.priorityScore)
    expect(await change({ priority: 'high' })).toMatchObject({ priority: 'high', priorityLocked: true })
    await send({})
    expect((await read()).priority).toBe('high')
  })
})
