import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IssueJson, SessionJson, TagJson } from '../src/api/shapes.ts'
import { envelope, errorEvent, newEventId, ORIGIN, startService, type TestEvent, type TestService } from './harness.ts'

let service: TestService
beforeAll(async () => {
  service = await startService()
  for (const event of events) await service.post(service.envelopePath, envelope(event))
  await service.digest()
})
afterAll(() => service.close())

const failure = (type: string, value: string, fields: TestEvent = {}): TestEvent =>
  errorEvent({ exception: { values: [{ type, value }] }, ...fields })

const events = [
  failure('TypeError', 'cart is empty', { release: 'shop@1', user: { id: 'a' } }),
  failure('TypeError', 'cart is empty', { release: 'shop@2', user: { id: 'b' }, environment: 'staging' }),
  failure('TypeError', 'cart is empty', { user: { id: 'a' } }),
  failure('RangeError', 'price_100% off', { level: 'fatal' }),
  { event_id: newEventId(), message: 'hello', level: 'info' },
]

const list = async (search: string): Promise<IssueJson[]> => {
  const response = await service.read(`/api/0/projects/acme/shop/issues/?${search}`)
  expect(response.status).toBe(200)
  return (await response.json()) as IssueJson[]
}

const titles = async (query: string): Promise<string[]> =>
  (await list(`query=${encodeURIComponent(query)}`)).map(({ title }) => title).sort()

describe('the issue list', () => {
  test('counts events and users, and knows the releases', async () => {
    const [cart] = await list('query=cart')
    expect(cart).toMatchObject({
      count: '3',
      userCount: 2,
      title: 'TypeError: cart is empty',
      status: 'unresolved',
      level: 'error',
      severity: 'medium',
    })
    expect(cart!.shortId).toMatch(/^SHOP-\d+$/)
    expect(cart!.permalink).toBe(`${ORIGIN}/organizations/acme/issues/${cart!.id}`)
  })

  test.each([
    ['', ['RangeError: price_100% off', 'TypeError: cart is empty', 'hello']],
    ['is:resolved', []],
    ['level:fatal', ['RangeError: price_100% off']],
    ['release:shop@2', ['TypeError: cart is empty']],
    ['environment:staging', ['TypeError: cart is empty']],
    ['"is empty"', ['TypeError: cart is empty']],
    ['100%', ['RangeError: price_100% off']],
    ['price_', ['RangeError: price_100% off']],
    ['cart_', []],
    ['CART typeerror', ['TypeError: cart is empty']],
  ])('finds %j', async (query, expected) => {
    expect(await titles(query)).toEqual(expected)
  })

  test.each(['date', 'new', 'freq'])('pages through all of them by %s, each once', async (sort) => {
    const seen: string[] = []
    for (let url = `/api/0/organizations/acme/issues/?query=&limit=1&sort=${sort}`; url !== '';) {
      const response = await service.read(url)
      seen.push(...((await response.json()) as IssueJson[]).map(({ id }) => id))
      const [, next, results] = /<([^>]+)>; rel="next"; results="(\w+)"/.exec(response.headers.get('link')!)!
      url = results === 'true' ? next!.replace(ORIGIN, '') : ''
    }
    expect([seen.length, new Set(seen).size]).toEqual([3, 3])
  })

  test('says what is wrong with a question', async () => {
    const response = await service.read('/api/0/projects/acme/shop/issues/?sort=sideways')
    expect([response.status, await response.json()]).toEqual([
      400,
      { detail: expect.any(String), errors: { sort: [expect.stringContaining('date, new, freq')] } },
    ])
  })
})

describe('an issue', () => {
  test('gives its events from the newest to the oldest, and its tags', async () => {
    const [cart] = await list('query=cart')
    const path = `/api/0/organizations/acme/issues/${cart!.id}`
    const all = (await (await service.read(`${path}/events/`)).json()) as { eventID: string }[]
    const latest = (await (await service.read(`${path}/events/latest/`)).json()) as {
      eventID: string
      previousEventID: string
      nextEventID: null
    }
    const oldest = (await (await service.read(`${path}/events/oldest/`)).json()) as { eventID: string }
    expect(all.map(({ eventID }) => eventID)).toEqual(
      events
        .slice(0, 3)
        .map(({ event_id: id }) => id)
        .toReversed(),
    )
    expect([latest.eventID, latest.previousEventID, latest.nextEventID, oldest.eventID]).toEqual([
      all[0]!.eventID,
      all[1]!.eventID,
      null,
      all[2]!.eventID,
    ])
    const tags = (await (await service.read(`${path}/tags/`)).json()) as TagJson[]
    expect(tags.find(({ key }) => key === 'environment')).toMatchObject({
      totalValues: 3,
      topValues: [
        { value: 'production', count: 2 },
        { value: 'staging', count: 1 },
      ],
    })
  })

  test('can be resolved and opened again', async () => {
    const [issue] = await list('query=hello')
    const change = (status: string): Promise<Response> =>
      service.request(`/api/0/organizations/acme/issues/${issue!.id}/`, {
        method: 'PUT',
        body: JSON.stringify({ status }),
        headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
      })
    expect(await (await change('resolved')).json()).toMatchObject({ status: 'resolved' })
    expect(await titles('is:resolved')).toEqual(['hello'])
    expect(await (await change('unresolved')).json()).toMatchObject({ status: 'unresolved' })
    expect((await change('gone')).status).toBe(400)
  })
})

describe('doors', () => {
  const paths = (): string[] => [
    '/api/0/organizations/acme/',
    '/api/0/organizations/acme/projects/',
    '/api/0/organizations/acme/issues/',
    '/api/0/organizations/acme/issues/1/',
    '/api/0/organizations/acme/issues/1/events/',
    '/api/0/organizations/acme/issues/1/events/latest/',
    '/api/0/organizations/acme/issues/1/tags/',
    '/api/0/projects/acme/shop/',
    '/api/0/projects/acme/shop/keys/',
    '/api/0/projects/acme/shop/issues/',
    `/api/0/projects/acme/shop/events/${events[0]!.event_id}/`,
    `/api/0/projects/acme/${service.project.id}/`,
  ]

  test('stay shut without a token, with a wrong one, and for other organizations', async () => {
    const stranger = await service.createToken('others')
    for (const path of paths()) {
      expect([path, (await service.request(path)).status]).toEqual([path, 401])
      expect([path, (await service.read(path, 'fgh_wrong')).status]).toEqual([path, 401])
      expect([path, (await service.read(path, service.publicKey)).status]).toEqual([path, 401])
      expect([path, (await service.read(path, stranger)).status]).toEqual([path, 404])
      expect([path, (await service.read(path)).status]).toEqual([path, 200])
    }
  })

  test("do not open to another organization's IDs within one's own paths", async () => {
    const stranger = await service.createToken('others')
    const id = (await list('query=cart'))[0]!.id
    expect((await service.read(`/api/0/organizations/others/issues/${id}/`, stranger)).status).toBe(404)
    expect((await service.read(`/api/0/projects/others/${service.project.id}/issues/`, stranger)).status).toBe(404)
  })

  test('ask for the scope', async () => {
    const uploader = await service.createToken('acme', ['project:releases'])
    const response = await service.read('/api/0/organizations/acme/issues/', uploader)
    expect([response.status, await response.json()]).toEqual([403, { detail: expect.stringContaining('event:read') }])
  })

  test('answer what is not there with JSON', async () => {
    const response = await service.read('/api/0/nowhere/')
    expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([
      404,
      'application/json',
      { detail: expect.any(String) },
    ])
    expect(response.headers.get('cache-control')).toBe('no-store')
  })
})

test('the root tells clients that this is the API', async () => {
  const response = await service.request('/api/0/')
  expect([response.status, await response.json()]).toEqual([200, { version: '0', user: null, auth: { scopes: [] } }])
})

describe('the first account', () => {
  const json = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
    service.request(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    })
  const cookieOf = (response: Response): string => response.headers.get('set-cookie')!.split(';')[0]!
  const person = { name: 'Ada', email: 'Ada@example.com', password: 'correct horse battery' }

  test('is made by the one-time link, once, and owns what is there', async () => {
    const token = await service.setupLink()
    expect(await (await service.request(`/api/0/setup/?token=${token}`)).json()).toMatchObject({
      valid: true,
      purpose: 'setup',
      email: null,
    })
    const weak = await json('/api/0/setup/', { ...person, token, password: 'short' })
    expect([weak.status, await weak.json()]).toMatchObject([
      400,
      { errors: { password: [expect.stringContaining('at least')] } },
    ])
    const response = await json('/api/0/setup/', { ...person, token })
    const session = (await response.json()) as SessionJson
    expect(session.user).toMatchObject({ email: 'ada@example.com', role: 'owner' })
    expect(session.organizations.map(({ slug }) => slug)).toContain('acme')
    expect(response.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/i)
    expect((await json('/api/0/setup/', { ...person, token })).status).toBe(410)
    expect((await service.request(`/api/0/setup/?token=${token}`)).status).toBe(410)
  })

  test('logs in with its password, reads, and logs out', async () => {
    expect((await json('/api/0/session/', { email: person.email, password: 'wrong' })).status).toBe(401)
    expect((await json('/api/0/session/', { email: 'nobody@example.com', password: 'wrong' })).status).toBe(401)
    const cookie = cookieOf(await json('/api/0/session/', { email: person.email, password: person.password }))
    expect((await service.request('/api/0/organizations/acme/issues/', { headers: { cookie } })).status).toBe(200)
    const leave = (headers: Record<string, string>) =>
      service.request('/api/0/session/', { method: 'DELETE', headers: { cookie, ...headers } })
    expect((await leave({ origin: ORIGIN, host: 'foghorn.test' })).status).toBe(204)
    expect((await service.request('/api/0/session/', { headers: { cookie } })).status).toBe(401)
  })

  test('changes nothing for a page of another site', async () => {
    const cookie = cookieOf(await json('/api/0/session/', { email: person.email, password: person.password }))
    const id = (await list('query=cart'))[0]!.id
    const resolve = (headers: Record<string, string>): Promise<Response> =>
      service.request(`/api/0/organizations/acme/issues/${id}/`, {
        method: 'PUT',
        body: '{"status":"ignored"}',
        headers: { cookie, host: 'foghorn.test', 'content-type': 'application/json', ...headers },
      })
    expect((await resolve({ origin: 'https://evil.test' })).status).toBe(401)
    expect((await resolve({})).status).toBe(401)
    expect((await resolve({ origin: ORIGIN })).status).toBe(200)
    expect((await resolve({ origin: ORIGIN })).headers.get('access-control-allow-origin')).toBeNull()
  })

  test('is guarded against guessing', async () => {
    const guess = () => json('/api/0/session/', { email: person.email, password: 'guess' })
    const statuses: number[] = []
    for (let index = 0; index < 6; index += 1) statuses.push((await guess()).status)
    expect(statuses.at(-1)).toBe(429)
    expect((await json('/api/0/session/', { email: person.email, password: person.password })).status).toBe(429)
    service.clock.now += 16 * 60_000
    expect((await json('/api/0/session/', { email: person.email, password: person.password })).status).toBe(200)
  })
})

describe('pages', () => {
  test('the web app answers every address that is not its own file, under a strict policy', async () => {
    const response = await service.request('/organizations/acme/issues/1')
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    expect((await service.request('/assets/missing.js')).status).toBe(404)
    const script = await service.request('/assets/app-1.js')
    expect(script.headers.get('cache-control')).toContain('immutable')
  })

  test('the script tag carries the DSN of its project, and is cached by its tag', async () => {
    const path = `/js/${service.publicKey}.js`
    const response = await service.request(path)
    const text = await response.text()
    expect(text).toContain(`Foghorn.init({"dsn":"http://${service.publicKey}@foghorn.test/${service.project.id}"})`)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const again = await service.request(path, { headers: { 'if-none-match': response.headers.get('etag')! } })
    expect(again.status).toBe(304)
    expect((await service.request(`/js/${'0'.repeat(32)}.js`)).status).toBe(404)
  })

  test('beside it are the loader, the build for developers and the parts, each with its tag', async () => {
    const paths = [
      `/js/${service.publicKey}.loader.js`,
      `/js/${service.publicKey}.js?debug`,
      '/js/foghorn.vitals.min.js',
      '/js/foghorn.feedback.min.js',
    ]
    const responses = await Promise.all(paths.map((path) => service.request(path)))
    const texts = await Promise.all(responses.map((response) => response.text()))
    expect(texts).toEqual([
      'Foghorn={q:[]}',
      expect.stringMatching(/^var Foghorn=\{init\(\)\{console[^]*Foghorn\.init\(\{"dsn":/),
      'Foghorn.vitals={}',
      'Foghorn.feedback={}',
    ])
    expect(new Set(responses.map((response) => response.headers.get('etag'))).size).toBe(4)
    expect(responses[2]!.headers.get('access-control-allow-origin')).toBe('*')
    expect((await service.request(`/js/${'0'.repeat(32)}.loader.js`)).status).toBe(404)
    expect((await service.request('/js/foghorn.nothing.min.js')).status).toBe(404)
  })

  test('tell their health', async () => {
    expect(await (await service.request('/healthz')).text()).toBe('ok')
    expect((await service.request('/readyz')).status).toBe(200)
  })
})
