import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLogIn } from '../src/accounts/log-in.ts'
import { hashPassword } from '../src/accounts/password.ts'
import type { SubscriptionJson } from '../src/api/life-shapes.ts'
import type { AuditEntryJson, SessionJson } from '../src/api/shapes.ts'
import type { Role } from '../src/ports/accounts.ts'
import { envelope, errorEvent, ORIGIN, startService, type TestService } from './harness.ts'

const OLD = 'correct horse battery'
const NEW = 'staple of another kind'

let service: TestService
let owner: Record<string, string>
beforeAll(async () => {
  service = await startService()
  owner = await service.logInAs('owner@acme.test', 'owner')
  for (const value of ['first', 'second'])
    await service.post(service.envelopePath, envelope(errorEvent({ exception: { values: [{ type: 'E', value }] } })))
  await service.digest()
})
afterAll(() => service.close())

const ask = (method: string, path: string, { headers, body }: { headers: Record<string, string>; body?: object }) =>
  service.request(`/api/0${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })

const logIn = (email: string, password: string): Promise<Response> =>
  ask('POST', '/session/', { headers: {}, body: { email, password } })

const sessionOf = (response: Response): Record<string, string> => ({
  cookie: response.headers.get('set-cookie')!.split(';')[0]!,
  origin: ORIGIN,
  host: new URL(ORIGIN).host,
})

/** Somebody with a password, in two browsers. */
const person = async (email: string, role: Role = 'viewer') => {
  const account = (await service.stores.accounts.create({ email, name: 'Ada', passwordHash: await hashPassword(OLD) }))!
  const { organizationId } = service.project
  await service.stores.accounts.join(account.id, organizationId, role)
  return { account, here: sessionOf(await logIn(email, OLD)), elsewhere: sessionOf(await logIn(email, OLD)) }
}

const changePassword = (headers: Record<string, string>, password: string, newPassword = NEW): Promise<Response> =>
  ask('PUT', '/profile/password/', { headers, body: { password, newPassword } })

const status = async (headers: Record<string, string>) => (await ask('GET', '/session/', { headers })).status

const audited = async (action: string): Promise<AuditEntryJson[]> => {
  const response = await ask('GET', '/organizations/acme/audit-logs/', { headers: owner })
  const { rows } = (await response.json()) as { rows: AuditEntryJson[] }
  return rows.filter(({ event }) => event === action)
}

test('a name is changed by whose it is, and noted', async () => {
  const { here } = await person('name@acme.test')
  const rename = (body: object, headers = here) => ask('PUT', '/profile/', { headers, body })
  const changed = await rename({ name: '  Ada Lovelace ' })
  expect(((await changed.json()) as SessionJson).user).toMatchObject({ name: 'Ada Lovelace', hasPassword: true })
  expect((await rename({ name: ' ' })).status).toBe(400)
  expect((await rename({ name: 'Eve' }, { ...here, origin: 'https://evil.test' })).status).toBe(401)
  expect((await rename({ name: 'Eve' }, {})).status).toBe(401)
  expect((await rename({ name: 'Eve' }, { authorization: `Bearer ${service.token}` })).status).toBe(403)
  const session = (await (await ask('GET', '/session/', { headers: here })).json()) as SessionJson
  expect(session.user.name).toBe('Ada Lovelace')
  expect((await audited('account.edit')).map(({ actor }) => actor.name)).toEqual(['name@acme.test'])
})

describe('a password', () => {
  test('is changed by who knows the old one; other browsers are logged out, this one stays', async () => {
    const { here, elsewhere } = await person('change@acme.test')
    const response = await changePassword(here, OLD)
    expect(response.status).toBe(200)
    const renewed = sessionOf(response)
    expect([await status(renewed), await status(here), await status(elsewhere)]).toEqual([200, 401, 401])
    expect([(await logIn('change@acme.test', OLD)).status, (await logIn('change@acme.test', NEW)).status]).toEqual([
      401, 200,
    ])
    const [entry, ...others] = await audited('account.password')
    expect([entry!.actor.name, others]).toEqual(['change@acme.test', []])
    expect(JSON.stringify(entry)).not.toContain(NEW)
  })

  test('stays where the old one is wrong or the new one short', async () => {
    const { here, elsewhere } = await person('keep@acme.test')
    const wrong = await changePassword(here, 'not this one')
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { errors: { password: [expect.any(String)] } }])
    expect(await (await changePassword(here, OLD, 'short')).json()).toMatchObject({
      errors: { newPassword: [expect.stringContaining('10')] },
    })
    expect([await status(here), await status(elsewhere)]).toEqual([200, 200])
    expect((await logIn('keep@acme.test', OLD)).status).toBe(200)
  })

  test('cannot be guessed: five wrong ones, here or at the log-in, close both for a quarter of an hour', async () => {
    const { here } = await person('guess@acme.test')
    await logIn('guess@acme.test', 'wrong')
    for (let tries = 1; tries < 5; tries += 1) expect((await changePassword(here, 'wrong')).status).toBe(400)
    expect((await changePassword(here, OLD)).status).toBe(429)
    expect((await logIn('guess@acme.test', OLD)).status).toBe(429)
    service.clock.now += 15 * 60_000
    expect((await changePassword(here, OLD)).status).toBe(200)
  })

  test('of nobody who signs in elsewhere, and of no token', async () => {
    const { accounts } = service.stores
    const { id } = (await accounts.create({ email: 'sso@acme.test', name: 'S', passwordHash: null }))!
    await accounts.join(id, service.project.organizationId, 'viewer')
    const session = await createLogIn(accounts, () => service.clock.now).open(id)
    const headers = { ...owner, cookie: `foghorn_session=${session}` }
    expect(await (await ask('GET', '/session/', { headers })).json()).toMatchObject({ user: { hasPassword: false } })
    expect((await changePassword(headers, OLD)).status).toBe(409)
    expect((await changePassword({ authorization: `Bearer ${service.token}` }, OLD)).status).toBe(403)
  })
})

describe('what somebody follows', () => {
  const followed = async (headers: Record<string, string>): Promise<SubscriptionJson[]> =>
    (await (await ask('GET', '/organizations/acme/subscriptions/', { headers })).json()) as SubscriptionJson[]
  const stop = async (issue: string, headers: Record<string, string>): Promise<number> =>
    (await ask('DELETE', `/organizations/acme/subscriptions/${issue}/`, { headers })).status

  test('is listed with the reason, and left by whoever sees it', async () => {
    const { here } = await person('follower@acme.test')
    const change = (body: object, headers: Record<string, string>, issue = 1) =>
      ask('PUT', `/organizations/acme/issues/${issue}/`, { headers, body })
    expect(await followed(here)).toEqual([])
    await change({ assignedTo: 'follower@acme.test' }, owner)
    await change({ isSubscribed: true }, owner, 2)
    await ask('POST', '/organizations/acme/issues/2/comments/', {
      headers: owner,
      body: { text: '@follower@acme.test look' },
    })
    expect(await followed(here)).toMatchObject([
      { id: '2', reason: 'mentioned', project: 'shop', status: 'unresolved', title: 'E: second' },
      { id: '1', reason: 'assigned' },
    ])
    expect(await stop('1', here)).toBe(204)
    expect((await followed(here)).map(({ id }) => id)).toEqual(['2'])
    expect((await followed(owner)).map(({ id }) => id)).toEqual(['2', '1'])
  })

  test('is nothing of projects out of reach, and nothing of a token', async () => {
    const { here } = await person('outside@acme.test', 'member')
    await ask('PUT', '/organizations/acme/issues/1/', { headers: here, body: { isSubscribed: true } })
    expect((await followed(here)).map(({ id }) => id)).toEqual(['1'])
    await ask('PUT', '/organizations/acme/', { headers: owner, body: { openMembership: false } })
    expect([await followed(here), await stop('1', here)]).toEqual([[], 404])
    const headers = { authorization: `Bearer ${service.token}` }
    expect((await ask('GET', '/organizations/acme/subscriptions/', { headers })).status).toBe(403)
  })
})
