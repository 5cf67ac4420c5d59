import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ErrorJson, ListedIssueJson, StatsJson } from '../src/api/shapes.ts'
import type { TagValueJson } from '../src/api/statistics-shapes.ts'
import {
  envelope,
  errorEvent,
  newEventId,
  NOON,
  ORIGIN,
  startService,
  type TestEvent,
  type TestService,
} from './harness.ts'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'
const HOUR = 3_600_000

let service: TestService
let other: string

const failure = (type: string, value: string, fields: TestEvent = {}): TestEvent =>
  errorEvent({ exception: { values: [{ type, value, mechanism: { type: 'onerror', handled: false } }] }, ...fields })

const agent = (name: string) => ({ url: 'https://shop.test/', headers: { 'User-Agent': name } })

const ago = (hours: number): number => (NOON - hours * HOUR) / 1000

const EVENTS: TestEvent[] = [
  failure('TypeError', 'cart is empty', {
    release: 'shop@1.0.0',
    user: { id: '7', email: 'ann@example.com' },
    request: agent(CHROME),
    timestamp: ago(50),
  }),
  failure('TypeError', 'cart is empty', {
    release: 'shop@1.2.0',
    environment: 'staging',
    user: { id: '8' },
    request: agent(FIREFOX),
    timestamp: ago(1),
  }),
  failure('TypeError', 'cart is empty', { user: { id: '7', email: 'ann@example.com' }, timestamp: ago(2) }),
  failure('RangeError', 'price_100% "off"', {
    level: 'fatal',
    tags: { plan: 'free', 'odd key': "it's \\ odd" },
    timestamp: ago(30),
  }),
  failure('Error', 'Failed to fetch', { tags: { plan: 'team' }, release: 'shop@1.2.0', timestamp: ago(5) }),
  { event_id: newEventId(), message: 'Grüße aus Köln', level: 'info', timestamp: ago(80) },
]

const CART = 'TypeError: cart is empty'
const PRICE = 'RangeError: price_100% "off"'
const FETCH = 'Error: Failed to fetch'
const HELLO = 'Grüße aus Köln'
const ALL = [FETCH, HELLO, PRICE, CART]

beforeAll(async () => {
  service = await startService()
  for (const event of EVENTS) await service.post(service.envelopePath, envelope(event))
  await service.digest()
  other = await service.createToken('others')
})
afterAll(() => service.close())

const search = (query: string, more = ''): Promise<Response> =>
  service.read(`/api/0/projects/acme/shop/issues/?query=${encodeURIComponent(query)}${more}`)

const found = async (query: string, more = ''): Promise<ListedIssueJson[]> => {
  const response = await search(query, more)
  expect([query, response.status]).toEqual([query, 200])
  return (await response.json()) as ListedIssueJson[]
}

const titles = async (query: string, more = ''): Promise<string[]> =>
  (await found(query, more)).map(({ title }) => title).toSorted()

describe('a search', () => {
  test.each<[string, string[]]>([
    ['', ALL],
    ['is:unresolved', ALL],
    ['!is:unresolved', []],
    ['is:[resolved, unresolved]', ALL],
    ['is:unassigned', ALL],
    ['is:assigned', []],
    ['assigned:none', ALL],
    ['!assigned:none', []],
    ['assigned:nobody@example.com', []],
    ['assigned:#team', []],
    ['has:assignee', []],
    ['level:fatal', [PRICE]],
    ['!level:[fatal, info]', [CART, FETCH]],
    ['category:network', [FETCH]],
    ['severity:[critical, low]', [HELLO, PRICE]],
    ['release:shop@1.2.0', [CART, FETCH]],
    ['release:shop@1.*', [CART, FETCH]],
    ['release:"shop@1.*"', []],
    ['firstRelease:shop@1.0.0', [CART]],
    ['!firstRelease:shop@1.0.0', [FETCH, HELLO, PRICE]],
    ['!has:release', [HELLO, PRICE]],
    ['has:release', [CART, FETCH]],
    ['release:""', [HELLO, PRICE]],
    ['environment:staging', [CART]],
    ['browser:Chrome*', [CART]],
    ['browser:chrome*', [CART]],
    ['browser:"Firefox 153"', [CART]],
    ['browser:[Safari*, Firefox*]', [CART]],
    ['os:Linux', [CART]],
    ['plan:free', [PRICE]],
    ['plan:[free, team]', [FETCH, PRICE]],
    ['has:plan', [FETCH, PRICE]],
    ['has:plan !plan:free', [FETCH]],
    [String.raw`tags[plan]:t*`, [FETCH]],
    ['user:7', [CART]],
    ['user.email:Ann@example.com', [CART]],
    ['user.id:8', [CART]],
    ['user:nob*', []],
    ['has:user', [CART]],
    ['!has:user', [FETCH, HELLO, PRICE]],
    ['users:>=2', [CART]],
    ['users:0', [FETCH, HELLO, PRICE]],
    ['times:>2', [CART]],
    ['times:<=1', [FETCH, HELLO, PRICE]],
    ['!times:3', [FETCH, HELLO, PRICE]],
    ['lastSeen:-3h', [CART]],
    ['lastSeen:+24h', [HELLO, PRICE]],
    ['firstSeen:-24h', [FETCH]],
    ['firstSeen:>2026-11-20', [FETCH]],
    ['firstSeen:>=2026-11-20', [FETCH, PRICE]],
    ['firstSeen:2026-11-20', [PRICE]],
    ['lastSeen:<2026-11-20T06:30', [HELLO, PRICE]],
    ['issue:shop-1', [CART]],
    ['!issue:SHOP-1', [FETCH, HELLO, PRICE]],
    ['project:shop', ALL],
    ['project:other', []],
    ['cart', [CART]],
    ['CART typeerror', [CART]],
    ['"is empty"', [CART]],
    ['"empty is"', []],
    ['!cart', [FETCH, HELLO, PRICE]],
    ['message:"failed to fetch"', [FETCH]],
    ['TypeError: cart', [CART]],
    ['100%', [PRICE]],
    ['price_', [PRICE]],
    ['cart_', []],
    [String.raw`"100% \"off\""`, [PRICE]],
    ['GRÜSSE', []],
    ['GRÜßE', [HELLO]],
    ['köln', [HELLO]],
    ['is', [CART]],
    ['level:error release:shop@1.2.0 !browser:Firefox* "fetch"', [FETCH]],
  ])('%s', async (query, expected) => {
    expect(await titles(query)).toEqual(expected.toSorted())
  })

  test('for what is mine asks whose that is: a token is nobody', async () => {
    const { detail } = (await (await search('assigned:me')).json()) as ErrorJson
    expect(detail).toBe(
      'Column 10 of the search: me means whoever is logged in, and a token is nobody. Name an e-mail address.',
    )
  })

  test('for the latest release takes the one that comes last by its number', async () => {
    for (const version of ['shop@1.2.0', 'shop@1.0.0'])
      await service.request('/api/0/organizations/acme/releases/', {
        method: 'POST',
        body: JSON.stringify({ version, projects: ['shop'] }),
        headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
      })
    expect(await titles('release:latest')).toEqual([FETCH, CART])
    expect(await titles('!release:latest')).toEqual([HELLO, PRICE])
  })
})

describe('a search that makes no sense says where and why', () => {
  test.each([
    [
      'is:open',
      'Column 4 of the search: is: cannot be "open". Allowed: unresolved, resolved, ignored, archived, muted, in_progress, regressed, assigned, unassigned.',
    ],
    [
      'cart asigned:me',
      'Column 6 of the search: there is no key asigned. Did you mean assigned:? A tag of that name is searched as tags[asigned]:.',
    ],
    ['level:severe', 'Column 7 of the search: level: cannot be "severe". Allowed: fatal, error, warning, info, debug.'],
    ['times:many', 'Column 7 of the search: times: needs a whole number, such as times:>100, not "many".'],
    ['times:[1, 2]', 'Column 1 of the search: times: takes one value, not a list.'],
    [
      'lastSeen:yesterday',
      'Column 10 of the search: lastSeen: needs a time such as -24h, +7d or >2026-01-31, not "yesterday".',
    ],
    [
      'release:>1.2',
      'Column 1 of the search: release: cannot be compared with >. These can: times, timesSeen, users, firstSeen, lastSeen.',
    ],
    ['"cart is', 'Column 1 of the search: the quotation mark is never closed. Add a " where the text ends.'],
    [
      'plan:[free, team',
      'Column 6 of the search: the list is never closed. Separate values by commas and end it with ].',
    ],
    ['plan:[free,]', 'Column 12 of the search: a value is missing in the list.'],
    ['has:""', 'Column 1 of the search: has: needs the name of one tag, such as has:release.'],
    ['""', 'Column 1 of the search: there is nothing to look for between the quotation marks.'],
    ['user:a*', 'Column 6 of the search: user: needs at least 3 letters before the first *.'],
    ['issue:12', 'Column 7 of the search: issue: needs a short ID such as SHOP-12, not "12".'],
    ['a '.repeat(31), 'Column 61 of the search: a search may have at most 30 terms.'],
    ['x'.repeat(1001), 'Column 1001 of the search: a search may have at most 1000 characters.'],
  ])('%s', async (query, message) => {
    const response = await search(query)
    expect([response.status, await response.json()]).toEqual([400, { detail: message, errors: { query: [message] } }])
  })
})

test('an issue tells all values of a tag, and how often it happened', async () => {
  const [{ id }] = (await found('cart')) as [ListedIssueJson]
  const path = `/api/0/organizations/acme/issues/${id}`
  const values = (await (await service.read(`${path}/tags/release/values/`)).json()) as TagValueJson[]
  expect(values).toEqual([
    { key: 'release', name: 'shop@1.0.0', value: 'shop@1.0.0', count: 1 },
    { key: 'release', name: 'shop@1.2.0', value: 'shop@1.2.0', count: 1 },
  ])
  expect(await (await service.read(`${path}/tags/nothing/values/`)).json()).toEqual([])
  const stats = (await (await service.read(`${path}/stats/`)).json()) as StatsJson
  const sums = [stats['24h']!, stats['30d']!].map((steps) => steps.reduce((sum, [, count]) => sum + count, 0))
  expect(sums).toEqual([2, 3])
})

describe('a list', () => {
  const order = async (sort: string): Promise<string[]> => (await found('', `&sort=${sort}`)).map(({ title }) => title)

  test('is sorted by what it is asked for', async () => {
    expect(await order('date')).toEqual([CART, FETCH, PRICE, HELLO])
    expect(await order('new')).toEqual([FETCH, PRICE, CART, HELLO])
    expect((await order('freq'))[0]).toBe(CART)
    expect((await order('user'))[0]).toBe(CART)
    expect((await order('priority')).at(-1)).toBe(HELLO)
  })

  const links = (response: Response): Record<string, { url: string; results: boolean }> =>
    Object.fromEntries(
      [...response.headers.get('link')!.matchAll(/<([^>]+)>; rel="(\w+)"; results="(\w+)"; cursor="([^"]*)"/g)].map(
        ([, url, rel, results]) => [rel, { url: url!.replace(ORIGIN, ''), results: results === 'true' }],
      ),
    )

  test.each(['date', 'new', 'freq', 'user', 'priority'])('leads through its pages and back, by %s', async (sort) => {
    const pages: string[][] = []
    let response = await search('', `&limit=1&sort=${sort}`)
    for (;;) {
      pages.push(((await response.json()) as ListedIssueJson[]).map(({ title }) => title))
      const { next, previous } = links(response)
      expect([pages.length, previous!.results]).toEqual([pages.length, pages.length > 1])
      if (!next!.results) break
      response = await service.read(next!.url)
    }
    expect(pages.flat().toSorted()).toEqual(ALL)
    for (let back = pages.length - 2; back >= 0; back -= 1) {
      response = await service.read(links(response)['previous']!.url)
      expect(((await response.json()) as ListedIssueJson[]).map(({ title }) => title)).toEqual(pages[back])
    }
    expect(links(response)['previous']!.results).toBe(false)
  })

  test('refuses a cursor that is none of its own', async () => {
    for (const cursor of ['x', '1:2', "1:2:0'", '9'.repeat(40)])
      expect([cursor, (await search('', `&cursor=${encodeURIComponent(cursor)}`)).status]).toEqual([cursor, 400])
  })

  test('counts within environments and periods, and tells the whole beside', async () => {
    const [staging] = await found('', '&environment=staging')
    expect(staging).toMatchObject({ title: CART, count: '1', lifetime: { count: '3', userCount: 2 } })
    const [both] = await found('cart', '&environment=staging&environment=production')
    expect(both!.count).toBe('3')
    const [recent] = await found('cart', '&statsPeriod=24h')
    expect(recent).toMatchObject({ count: '2', lifetime: { count: '3' } })
    expect(await titles('', '&start=2026-11-18T00:00:00&end=2026-11-18T23:00:00Z')).toEqual([HELLO])
    expect(await titles('', '&environment=nowhere')).toEqual([])
    // Seen before and after, but not within; and within, but not there.
    expect(await titles('', '&start=2026-11-20T00:00:00Z&end=2026-11-21T02:00:00Z')).toEqual([PRICE])
    expect(await titles('cart', '&environment=staging&start=2026-11-19&end=2026-11-20')).toEqual([])
  })

  test('shows how often each happened, hour by hour or day by day', async () => {
    const [cart] = await found('cart')
    const hours = cart!.stats['24h']!
    expect(hours).toHaveLength(24)
    expect(hours.filter(([, count]) => count > 0)).toEqual([
      [(NOON - 2 * HOUR) / 1000, 1],
      [(NOON - HOUR) / 1000, 1],
    ])
    const [same] = await found('cart', '&groupStatsPeriod=14d')
    expect(same!.stats['14d']!.map(([, count]) => count).slice(-3)).toEqual([1, 0, 2])
  })

  test.each([
    ['statsPeriod=soon', 'statsPeriod'],
    ['start=2026-13-45', 'start'],
    ['start=2026-11-21&end=2026-11-20', 'end'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['project=shop', 'project'],
    ['groupStatsPeriod=1y', 'groupStatsPeriod'],
  ])('says what is wrong with %s', async (parameters, field) => {
    const response = await search('', `&${parameters}`)
    expect([response.status, Object.keys(((await response.json()) as ErrorJson).errors!)]).toEqual([400, [field]])
  })

  test('of an organization holds what the asker may see', async () => {
    const mine = await service.read('/api/0/organizations/acme/issues/?query=&project=-1')
    expect((await mine.json()) as ListedIssueJson[]).toHaveLength(4)
    const theirs = await service.read(`/api/0/organizations/others/issues/?query=&project=${service.project.id}`, other)
    expect(await theirs.json()).toEqual([])
  })
})
