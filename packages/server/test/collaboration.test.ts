import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLogIn } from '../src/accounts/log-in.ts'
import type { ActivityJson, ErrorJson, EventOwnersJson, IssueDetailsJson, OwnershipJson } from '../src/index.ts'
import { envelope, errorEvent, ORIGIN, startService, type TestEvent, type TestService } from './harness.ts'
import { thrownIn } from './thrown-in.ts'

interface Person {
  id: number
  headers: Record<string, string>
}

let service: TestService
let ada: Person
let bob: Person
beforeEach(async () => {
  service = await startService()
  ada = await join('ada')
  bob = await join('bob')
  await ask('POST', '/organizations/acme/teams/', { slug: 'shop' })
})
afterEach(() => service.close())

const join = async (name: string): Promise<Person> => {
  const { accounts } = service.stores
  const account = (await accounts.create({ email: `${name}@acme.test`, name, passwordHash: 'none' }))!
  await accounts.join(account.id, service.project.organizationId, 'admin')
  const secret = await createLogIn(accounts, () => service.clock.now).open(account.id)
  const headers = { cookie: `foghorn_session=${secret}`, origin: ORIGIN, host: new URL(ORIGIN).host }
  return { id: account.id, headers }
}

const ask = (method: string, path: string, body?: unknown, who: Person = ada): Promise<Response> =>
  service.request(`/api/0${path}`, {
    method,
    headers: { ...who.headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const get = async <Body>(path: string, who: Person = ada): Promise<Body> =>
  (await (await ask('GET', path, undefined, who)).json()) as Body

const ISSUE = '/organizations/acme/issues/1/'
const read = (who: Person = ada) => get<IssueDetailsJson>(ISSUE, who)

const send = async (...events: TestEvent[]): Promise<void> => {
  for (const event of events) await service.post(service.envelopePath, envelope(event))
  await service.digest()
}

describe('an issue is given', () => {
  beforeEach(() => send(errorEvent()))

  const assign = async (assignedTo: string | null, who: Person = ada): Promise<IssueDetailsJson | ErrorJson> =>
    (await (await ask('PUT', ISSUE, { assignedTo }, who)).json()) as IssueDetailsJson

  test.each([
    ['user:1', { type: 'user', id: '1', name: 'ada', email: 'ada@acme.test' }],
    ['bob@acme.test', { type: 'user', id: '2', name: 'bob', email: 'bob@acme.test' }],
    ['me', { type: 'user', id: '1', name: 'ada', email: 'ada@acme.test' }],
    ['Bob', { type: 'user', id: '2', name: 'bob', email: 'bob@acme.test' }],
    ['#shop', { type: 'team', id: '1', name: 'shop' }],
    ['team:1', { type: 'team', id: '1', name: 'shop' }],
  ])('to %s', async (name, assignedTo) => {
    expect(await assign(name)).toMatchObject({ assignedTo })
    expect((await read()).assignedTo).toEqual(assignedTo)
  })

  test.each(['user:99', 'team:99', 'eve@other.test', '#nobody'])('not to %s, who is not there', async (name) => {
    const response = await ask('PUT', ISSUE, { assignedTo: name })
    expect([response.status, ((await response.json()) as ErrorJson).errors]).toMatchObject([
      400,
      { assignedTo: [expect.stringContaining('nobody of that name')] },
    ])
  })

  test('to nobody again, and the feed tells who did it', async () => {
    await assign('me', bob)
    await assign('', bob)
    const { activity, assignedTo } = await read()
    expect(assignedTo).toBeNull()
    expect(activity.map(({ type, user }) => [type, user?.email])).toEqual([
      ['unassigned', 'bob@acme.test'],
      ['assigned', 'bob@acme.test'],
      ['first_seen', undefined],
    ])
  })

  test('and whoever it is given to follows it, until they leave', async () => {
    await assign('bob@acme.test')
    expect((await read(bob)).participants.map(({ email }) => email).toSorted()).toEqual([
      'ada@acme.test',
      'bob@acme.test',
    ])
    await ask('PUT', ISSUE, { isSubscribed: false }, bob)
    await assign('#shop', bob)
    expect(await read(bob)).toMatchObject({ isSubscribed: false, participants: [{ email: 'ada@acme.test' }] })
  })
})

describe('comments', () => {
  beforeEach(() => send(errorEvent()))

  const comment = async (text: string, who: Person = ada): Promise<ActivityJson> => {
    const response = await ask('POST', `${ISSUE}comments/`, { text }, who)
    expect(response.status).toBe(201)
    return (await response.json()) as ActivityJson
  }

  test('are read newest first, by whom, and counted', async () => {
    await comment('Seen it')
    await comment('Me too', bob)
    const comments = await get<ActivityJson[]>(`${ISSUE}comments/`)
    expect(comments.map(({ type, user, data }) => [type, user?.name, data.text])).toEqual([
      ['note', 'bob', 'Me too'],
      ['note', 'ada', 'Seen it'],
    ])
    expect(await get(`${ISSUE}notes/`)).toEqual(comments)
    expect((await read()).numComments).toBe(2)
  })

  test('mention people, who follow the issue from then on, and teams', async () => {
    const { data } = await comment('@bob have a look, and #shop; not @eve')
    expect(data.mentions).toEqual([`user:${bob.id}`, 'team:1'])
    expect((await read(bob)).isSubscribed).toBe(true)
  })

  test('are changed and taken back by whoever wrote them, and by nobody else', async () => {
    const { id } = await comment('Sene it')
    expect((await ask('PUT', `${ISSUE}comments/${id}/`, { text: 'Ha' }, bob)).status).toBe(403)
    expect((await ask('DELETE', `${ISSUE}comments/${id}/`, undefined, bob)).status).toBe(403)
    const changed = (await (await ask('PUT', `${ISSUE}comments/${id}/`, { text: 'Seen it' })).json()) as ActivityJson
    expect(changed.data).toMatchObject({ text: 'Seen it', edited: true })
    expect((await ask('DELETE', `${ISSUE}comments/${id}/`)).status).toBe(204)
    expect(await read()).toMatchObject({ numComments: 0, activity: [{ type: 'first_seen' }] })
    expect((await ask('DELETE', `${ISSUE}comments/${id}/`)).status).toBe(404)
  })

  test('are texts, and only comments are changed as comments', async () => {
    expect((await ask('POST', `${ISSUE}comments/`, { text: '  ' })).status).toBe(400)
    await ask('PUT', ISSUE, { status: 'resolved' })
    const [resolved] = (await read()).activity
    expect((await ask('DELETE', `${ISSUE}comments/${resolved!.id}/`)).status).toBe(404)
  })

  test('go with the issue they are about when it is merged', async () => {
    await send(errorEvent({ message: 'another', exception: { values: [{ type: 'Other', value: 'x' }] } }))
    await comment('About the first')
    await ask('PUT', '/organizations/acme/issues/?id=1&id=2', { merge: 1 })
    const merged = (await read()).id
    const feed = await get<{ activity: ActivityJson[] }>(`/organizations/acme/issues/${merged}/activities/`)
    expect(feed.activity.map(({ type }) => type).toSorted()).toEqual(['first_seen', 'merge', 'note'])
  })

  test('come in pages', async () => {
    for (let number = 0; number < 51; number += 1) await comment(`Comment ${number}`)
    const response = await ask('GET', `${ISSUE}activities/`)
    const [, cursor] = /cursor="(\d+)"/.exec(response.headers.get('link') ?? '') ?? []
    const first = (await response.json()) as { activity: ActivityJson[] }
    const second = await get<{ activity: ActivityJson[] }>(`${ISSUE}activities/?cursor=${cursor}`)
    expect([first.activity.length, second.activity.map(({ type }) => type)]).toEqual([50, ['note', 'first_seen']])
  })
})

describe('who looks after what', () => {
  const OWNERSHIP = '/projects/acme/shop/ownership/'
  const put = async (body: object): Promise<OwnershipJson> =>
    (await (await ask('PUT', OWNERSHIP, body)).json()) as OwnershipJson

  test('a new issue is given to the owner of the nearest frame', async () => {
    await put({ raw: 'path:src/* ada@acme.test\npath:src/cart/* #shop' })
    await send(thrownIn('webpack:///./src/cart/total.ts'))
    const issue = await read()
    expect(issue.assignedTo).toMatchObject({ type: 'team', name: 'shop' })
    expect(issue.activity[0]).toMatchObject({ type: 'assigned', user: null, data: { why: 'path:src/cart/*' } })
  })

  test('or of the page, or to whom CODEOWNERS names', async () => {
    await put({ raw: 'url:*/checkout/* bob@acme.test', codeowners: '/src/ @acme/shop' })
    await send(
      thrownIn('lib/a.ts', { request: { url: 'https://shop.test/checkout/pay' } }),
      thrownIn('src/b.ts'),
      thrownIn('lib/c.ts'),
    )
    const names = []
    for (const id of [1, 2, 3])
      names.push((await get<IssueDetailsJson>(`/organizations/acme/issues/${id}/`)).assignedTo?.name)
    expect(names).toEqual(['bob', 'shop', undefined])
    expect((await read(bob)).isSubscribed).toBe(true)
  })

  test('is not given when the project does not want that, and not again', async () => {
    await put({ raw: 'path:* #shop', autoAssignment: false })
    await send(thrownIn('src/a.ts'))
    await put({ autoAssignment: true })
    await send(thrownIn('src/a.ts'))
    expect((await read()).assignedTo).toBeNull()
  })

  test('is asked for an event', async () => {
    await put({ raw: 'path:src/* #shop bob@acme.test' })
    const event = thrownIn('src/a.ts')
    await send(event)
    expect(await get<EventOwnersJson>(`/projects/acme/shop/events/${event.event_id}/owners/`)).toEqual({
      owners: [
        { type: 'team', id: '1' },
        { type: 'user', id: String(bob.id) },
      ],
      rule: { matcher: 'path:src/*', owners: ['#shop', 'bob@acme.test'] },
    })
  })

  test('tells rules that cannot be read, and owners who are not there', async () => {
    expect((await ask('PUT', OWNERSHIP, { raw: 'src/* #shop' })).status).toBe(400)
    expect(await put({ raw: 'path:src/* #gone' })).toMatchObject({
      raw: 'path:src/* #gone',
      autoAssignment: true,
      errors: ['The organization has no #gone.'],
    })
  })
})
