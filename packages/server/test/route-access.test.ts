import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROLES, type Role } from '../src/ports/accounts.ts'
import { envelope, errorEvent, ORIGIN, startService, type TestService } from './harness.ts'
import { ROUTES } from './route-table.ts'

let service: TestService
let headersOf: Record<Role | 'stranger' | 'stranger token' | 'ingest key' | 'anonymous', Record<string, string>>

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })

beforeAll(async () => {
  service = await startService()
  await service.post(service.envelopePath, envelope(errorEvent()))
  await service.digest()
  headersOf = {
    owner: await service.logInAs('owner@acme.test', 'owner'),
    admin: await service.logInAs('admin@acme.test', 'admin'),
    member: await service.logInAs('member@acme.test', 'member'),
    viewer: await service.logInAs('viewer@acme.test', 'viewer'),
    stranger: await service.logInAs('owner@others.test', 'owner', 'others'),
    'stranger token': bearer(await service.createToken('others')),
    'ingest key': bearer(service.publicKey),
    anonymous: {},
  }
})
afterAll(() => service.close())

/** Every route of the management API, as the router knows it. */
const routes = (): string[] => {
  const named = service.app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/0/') && !path.endsWith('*'))
    .map(({ method, path }) => `${method} ${path}`)
  return [...new Set(named)]
}

const IDS: Record<string, string> = { org: 'acme', project: 'shop', version: 'none@1', team: 'nobody' }

/** The address with the project's own names, and with IDs of nothing, so that what is allowed breaks nothing. */
const addressOf = (path: string, names: Record<string, string> = {}): string =>
  path.replaceAll(/:(\w+)/g, (_whole, name: string) => ({ ...IDS, ...names })[name] ?? '999999')

const ask = async (route: string, headers: Record<string, string>, names = {}): Promise<number> => {
  const [method, path] = route.split(' ') as [string, string]
  const init = { method, headers: { ...headers, 'content-type': 'application/json' } }
  const { status } = await service.request(addressOf(path, names), method === 'GET' ? init : { ...init, body: '{}' })
  return status
}

test('every route of the API has a row in the table of who may use it, and every row a route', () => {
  expect(Object.keys(ROUTES).toSorted()).toEqual(routes().toSorted())
})

const guarded = Object.entries(ROUTES).filter(([, least]) => least !== 'public' && least !== 'anybody')

describe.each(guarded)('%s needs at least the role %s', (route, least) => {
  test('of the organization', async () => {
    expect([await ask(route, headersOf.anonymous), await ask(route, headersOf['ingest key'])]).toEqual([401, 401])
    expect([await ask(route, headersOf.stranger), await ask(route, headersOf['stranger token'])]).toEqual([404, 404])
    for (const role of ROLES) {
      const status = await ask(route, headersOf[role])
      const isAllowed = ROLES.indexOf(role) <= ROLES.indexOf(least as Role)
      if (isAllowed) expect([role, [401, 403, 500].includes(status)]).toEqual([role, false])
      else expect([role, status]).toEqual([role, 403])
    }
  })
})

test('no route lets a page of another site use the cookie of who is logged in', async () => {
  const changing = guarded.map(([route]) => route).filter((route) => !route.startsWith('GET '))
  const { cookie, host } = headersOf.owner as { cookie: string; host: string }
  for (const route of changing)
    for (const origin of [{}, { origin: 'https://evil.test' }, { origin: 'null' }, { origin: `${ORIGIN}.evil.test` }])
      expect([route, origin, await ask(route, { cookie, host, ...origin })]).toEqual([route, origin, 401])
})

test('whoever is logged in sees their own organizations only', async () => {
  const list = async (headers: Record<string, string>): Promise<unknown> => {
    const response = await service.request('/api/0/organizations/', { headers })
    return response.status === 200
      ? ((await response.json()) as { slug: string }[]).map(({ slug }) => slug)
      : response.status
  }
  expect(await list(headersOf.anonymous)).toBe(401)
  expect(await list(headersOf.viewer)).toEqual(['acme'])
  expect(await list(headersOf['stranger token'])).toEqual(['others'])
})

test("no path leads to another organization's data through its IDs", async () => {
  const { members } = service.stores.accounts
  const acme = (await service.stores.projects.organization('acme'))!
  const [event] = (await (await service.read('/api/0/organizations/acme/issues/1/events/')).json()) as {
    eventID: string
  }[]
  const names = {
    org: 'others',
    project: String(service.project.id),
    issue: '1',
    event: event!.eventID,
    member: String((await members(acme.id))[0]!.accountId),
    token: '1',
  }
  const withIds = guarded.map(([route]) => route).filter((route) => /:(?!org\b|version|key\b)/.test(route))
  for (const route of withIds) {
    const status = await ask(route, headersOf['stranger token'], names)
    expect([route, [400, 404].includes(status)]).toEqual([route, true])
    expect([route, await ask(route.replace(/^\w+/, 'GET'), headersOf['stranger token'], names)]).toEqual([route, 404])
  }
  expect((await service.read('/api/0/organizations/acme/members/')).status).toBe(200)
})
