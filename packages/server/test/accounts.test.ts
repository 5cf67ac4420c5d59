import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLogIn } from '../src/accounts/log-in.ts'
import type { AuditEntryJson, MemberJson, TokenJson } from '../src/api/shapes.ts'
import { ORIGIN, startService, type TestService } from './harness.ts'

const PASSWORD = 'correct horse battery'
const DAY = 24 * 3_600_000

let service: TestService
let as: Record<'owner' | 'admin', Record<string, string>>
beforeEach(async () => {
  service = await startService()
  as = {
    owner: await service.logInAs('owner@acme.test', 'owner'),
    admin: await service.logInAs('admin@acme.test', 'admin'),
  }
})
afterEach(() => service.close())

const cookie = (secret: string): Record<string, string> => ({
  cookie: `foghorn_session=${secret}`,
  origin: ORIGIN,
  host: new URL(ORIGIN).host,
})

type Ask = { method?: string; body?: object; headers?: Record<string, string> }

const ask = (path: string, { method = 'GET', body, headers = as.owner }: Ask = {}): Promise<Response> =>
  service.request(`/api/0${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })

const members = async (): Promise<MemberJson[]> =>
  (await (await ask('/organizations/acme/members/')).json()) as MemberJson[]

const idOf = async (email: string): Promise<string> => (await members()).find((member) => member.email === email)!.id

const invite = (email: string, orgRole: string, headers = as.owner): Promise<Response> =>
  ask('/organizations/acme/members/', { method: 'POST', body: { email, orgRole }, headers })

const accept = (link: string, body: object = {}): Promise<Response> =>
  ask('/setup/', {
    method: 'POST',
    body: { token: new URL(link).searchParams.get('token'), name: 'New', password: PASSWORD, ...body },
    headers: {},
  })

const logIn = (email: string, password = PASSWORD): Promise<Response> =>
  ask('/session/', { method: 'POST', body: { email, password }, headers: {} })

describe('an invitation', () => {
  test('gives a link that works once, and the role that was meant', async () => {
    const response = await invite('Ben@acme.test', 'viewer', as.admin)
    const { inviteLink, pending } = (await response.json()) as MemberJson & { inviteLink: string }
    expect([response.status, pending]).toEqual([201, true])
    expect((await accept(inviteLink)).status).toBe(200)
    expect((await accept(inviteLink)).status).toBe(410)
    expect((await members()).find(({ email }) => email === 'ben@acme.test')).toMatchObject({
      role: 'viewer',
      pending: false,
    })
    expect((await logIn('ben@acme.test')).status).toBe(200)
  })

  test('of somebody who is in already is refused; of an unknown role too', async () => {
    expect((await invite('admin@acme.test', 'viewer')).status).toBe(409)
    expect((await invite('x@acme.test', 'king')).status).toBe(400)
  })

  test('never opens an account that another organization knows', async () => {
    const theirs = await service.logInAs('owner@others.test', 'owner', 'others')
    const first = await ask('/organizations/others/members/', {
      method: 'POST',
      body: { email: 'shared@example.com', orgRole: 'owner' },
      headers: theirs,
    })
    expect(((await first.json()) as { inviteLink: string }).inviteLink).toContain('/setup?token=')
    const second = await invite('shared@example.com', 'viewer')
    expect([second.status, ((await second.json()) as { inviteLink: null }).inviteLink]).toEqual([201, null])
  })

  test('grows too old', async () => {
    const { inviteLink } = (await (await invite('late@acme.test', 'viewer')).json()) as { inviteLink: string }
    service.clock.now += 8 * DAY
    expect((await accept(inviteLink)).status).toBe(410)
  })
})

describe('a role', () => {
  const change = async (email: string, orgRole: string, headers = as.owner): Promise<number> =>
    (await ask(`/organizations/acme/members/${await idOf(email)}/`, { method: 'PUT', body: { orgRole }, headers }))
      .status
  const remove = async (email: string, headers = as.owner): Promise<number> =>
    (await ask(`/organizations/acme/members/${await idOf(email)}/`, { method: 'DELETE', headers })).status

  test('counts from the next request on', async () => {
    const ben = await service.logInAs('ben@acme.test', 'viewer')
    const makeTeam = () => ask('/organizations/acme/teams/', { method: 'POST', body: { slug: 'web' }, headers: ben })
    expect((await makeTeam()).status).toBe(403)
    expect(await change('ben@acme.test', 'admin', as.admin)).toBe(200)
    expect((await makeTeam()).status).toBe(201)
    expect(await remove('ben@acme.test', as.admin)).toBe(204)
    expect((await makeTeam()).status).toBe(404)
  })

  test('of owners is for owners, and one always stays', async () => {
    expect(await change('admin@acme.test', 'owner', as.admin)).toBe(403)
    expect((await invite('x@acme.test', 'owner', as.admin)).status).toBe(403)
    expect(await remove('owner@acme.test', as.admin)).toBe(403)
    expect(await remove('owner@acme.test')).toBe(403)
    expect(await change('owner@acme.test', 'viewer')).toBe(403)
    expect(await change('admin@acme.test', 'owner')).toBe(200)
    expect(await remove('owner@acme.test')).toBe(204)
  })
})

describe('a token', () => {
  const make = async (
    body: object,
    headers = as.owner,
  ): Promise<{ status: number; json: TokenJson & { token: string } }> => {
    const response = await ask('/organizations/acme/org-auth-tokens/', { method: 'POST', body, headers })
    return { status: response.status, json: (await response.json()) as TokenJson & { token: string } }
  }
  const list = async (): Promise<TokenJson[]> =>
    (await (await ask('/organizations/acme/org-auth-tokens/')).json()) as TokenJson[]

  test('is shown once, opens what it was made for, and is listed with its last use', async () => {
    const { json } = await make({ name: 'CI', scopes: ['org:read'] })
    expect((await service.read('/api/0/organizations/acme/', json.token)).status).toBe(200)
    expect((await service.read('/api/0/organizations/acme/issues/', json.token)).status).toBe(403)
    const [record] = await list()
    expect(record).toMatchObject({ name: 'CI', scopes: ['org:read'], tokenLastCharacters: json.token.slice(-4) })
    expect(record!.dateLastUsed).not.toBeNull()
    expect(JSON.stringify(await list())).not.toContain(json.token)
  })

  test('stops at its expiry, to the millisecond', async () => {
    const { json } = await make({ name: 'short', scopes: ['org:read'], expiresInDays: 2 })
    const read = async () => (await service.read('/api/0/organizations/acme/', json.token)).status
    service.clock.now += 2 * DAY - 1
    expect(await read()).toBe(200)
    service.clock.now += 1
    expect(await read()).toBe(401)
  })

  test('stops when it is revoked', async () => {
    const { json } = await make({ name: 'leaked', scopes: ['org:read'] })
    expect((await ask(`/organizations/acme/org-auth-tokens/${json.id}/`, { method: 'DELETE' })).status).toBe(204)
    expect((await service.read('/api/0/organizations/acme/', json.token)).status).toBe(401)
    expect((await ask(`/organizations/acme/org-auth-tokens/${json.id}/`, { method: 'DELETE' })).status).toBe(404)
  })

  test('has no more than who makes it', async () => {
    expect((await make({ name: 'more', scopes: ['org:admin'] }, as.admin)).status).toBe(403)
    expect((await make({ name: 'all', scopes: ['everything'] })).status).toBe(400)
  })
})

describe('teams', () => {
  test('hold members and projects', async () => {
    await ask('/organizations/acme/teams/', { method: 'POST', body: { slug: 'web', name: 'Web' } })
    await ask(`/organizations/acme/members/${await idOf('admin@acme.test')}/teams/web/`, { method: 'POST' })
    await ask('/projects/acme/shop/teams/web/', { method: 'POST' })
    expect(await (await ask('/teams/acme/web/')).json()).toMatchObject({ memberCount: 1, projects: [{ slug: 'shop' }] })
    expect((await members()).find(({ email }) => email === 'admin@acme.test')?.teams).toEqual(['web'])
    expect((await ask('/organizations/acme/teams/', { method: 'POST', body: { slug: 'web' } })).status).toBe(409)
    await ask(`/organizations/acme/members/${await idOf('admin@acme.test')}/`, { method: 'DELETE' })
    expect(await (await ask('/teams/acme/web/')).json()).toMatchObject({ memberCount: 0 })
    expect((await ask('/teams/acme/web/', { method: 'DELETE' })).status).toBe(204)
    expect((await ask('/teams/acme/web/')).status).toBe(404)
  })
})

test('the audit log tells who did what, newest first, without secrets', async () => {
  await invite('ben@acme.test', 'viewer')
  const made = await ask('/organizations/acme/org-auth-tokens/', { method: 'POST', body: { name: 'CI' } })
  const { token } = (await made.json()) as { token: string }
  await ask('/organizations/acme/personal-data/?email=ben@acme.test', { method: 'DELETE' })
  const text = await (await ask('/organizations/acme/audit-logs/')).text()
  const { rows } = JSON.parse(text) as { rows: AuditEntryJson[] }
  expect(rows.map(({ event, actor }) => [event, actor.name])).toEqual([
    ['person.erase', 'owner@acme.test'],
    ['token.create', 'owner@acme.test'],
    ['member.invite', 'owner@acme.test'],
  ])
  expect(text).not.toContain(token)
  expect(rows[0]!.note).not.toContain('ben@')
})

describe('logging in', () => {
  const signUp = async (): Promise<void> => {
    const { inviteLink } = (await (await invite('ben@acme.test', 'viewer')).json()) as { inviteLink: string }
    await accept(inviteLink)
  }

  test('stays shut to guessers over a restart', async () => {
    await signUp()
    const again = createLogIn(service.stores.accounts, () => service.clock.now)
    for (let guess = 0; guess < 5; guess += 1) await logIn('ben@acme.test', 'guess number x')
    const credentials = { email: 'ben@acme.test', password: PASSWORD, address: '' }
    expect((await again.withPassword(credentials)).status).toBe('blocked')
    service.clock.now += 16 * 60_000
    expect((await again.withPassword(credentials)).status).toBe('ok')
  })

  test('stays shut to guessers who try many accounts from one address', async () => {
    const from = (email: string, address: string) =>
      createLogIn(service.stores.accounts, () => service.clock.now).withPassword({ email, password: 'guess', address })
    for (let account = 0; account < 15; account += 1) await from(`person-${account}@acme.test`, '192.0.2.1')
    expect(await from('ben@acme.test', '192.0.2.1')).toEqual({ status: 'blocked' })
    expect(await from('ben@acme.test', '192.0.2.2')).toEqual({ status: 'wrong' })
    service.clock.now += 15 * 60_000
    expect(await from('ben@acme.test', '192.0.2.1')).toEqual({ status: 'wrong' })
  })

  test('is guarded against guesses that are made at once', async () => {
    const { withPassword } = createLogIn(service.stores.accounts, () => service.clock.now)
    const statusesOf = async (credentials: { email: string; address: string }[]): Promise<string[]> => {
      const results = await Promise.all(credentials.map((one) => withPassword({ ...one, password: 'guess' })))
      return results.map(({ status }) => status)
    }
    const places = Array.from({ length: 40 }, (_, index) => index)
    const ofOne = await statusesOf(places.map((place) => ({ email: 'once@acme.test', address: `10.1.0.${place}` })))
    expect(ofOne.filter((status) => status === 'wrong')).toHaveLength(5)
    const fromOne = await statusesOf(places.map((place) => ({ email: `${place}@acme.test`, address: '10.2.0.1' })))
    expect(fromOne.filter((status) => status === 'wrong')).toHaveLength(15)
  })

  test('tells nobody whether there is an account, and never opens one without a password', async () => {
    const { accounts } = service.stores
    await accounts.create({ email: 'invited@acme.test', name: 'Invited', passwordHash: null })
    const answers = ['nobody@acme.test', 'invited@acme.test'].map(async (email) => {
      const response = await logIn(email, '')
      return [response.status, await response.text()]
    })
    const [nobody, invited] = await Promise.all(answers)
    expect(invited).toEqual(nobody)
    expect(nobody![0]).toBe(401)
  })

  test('knows passwords that were chosen before Argon2', async () => {
    // By Python's hashlib.scrypt.
    const passwordHash = 'scrypt$16384$8$1$AAECAwQFBgcICQoLDA0ODw==$6W7GuoxjojaYIg83x/wEKSXUMMf+reyc6wSvA8q7ny8='
    await service.stores.accounts.create({ email: 'early@acme.test', name: 'Early', passwordHash })
    expect([(await logIn('early@acme.test')).status, (await logIn('early@acme.test', 'wrong')).status]).toEqual([
      200, 401,
    ])
  })

  test('lasts thirty days, to the millisecond', async () => {
    const ben = await service.logInAs('ben@acme.test', 'viewer')
    const status = async () => (await ask('/session/', { headers: ben })).status
    service.clock.now += 30 * DAY - 1
    expect(await status()).toBe(200)
    service.clock.now += 1
    expect(await status()).toBe(401)
  })

  test('gives a new session, whatever the browser had before', async () => {
    await signUp()
    const planted = 'a'.repeat(64)
    const response = await ask('/session/', {
      method: 'POST',
      body: { email: 'ben@acme.test', password: PASSWORD },
      headers: cookie(planted),
    })
    expect(response.headers.get('set-cookie')).not.toContain(planted)
    expect((await ask('/session/', { headers: cookie(planted) })).status).toBe(401)
  })

  test('with a new password ends every session of before', async () => {
    const ben = await service.logInAs('ben@acme.test', 'viewer')
    expect((await ask('/session/', { headers: ben })).status).toBe(200)
    const account = (await service.stores.accounts.byEmail('ben@acme.test'))!
    await service.stores.accounts.setPassword(account.id, { name: 'Ben', passwordHash: 'other' })
    expect((await ask('/session/', { headers: ben })).status).toBe(401)
  })
})
