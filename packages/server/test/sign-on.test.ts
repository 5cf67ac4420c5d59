import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AuditEntryJson, MemberJson, SessionJson } from '../src/api/shapes.ts'
import { createLogIn } from '../src/accounts/log-in.ts'
import type { Role } from '../src/ports/accounts.ts'
import { ORIGIN, startService, type TestService } from './harness.ts'
import { CLIENT, startIdentityProvider, type Person } from './identity-provider.ts'

const MINUTE = 60_000
const BEGIN = '/api/0/session/sign-on/begin/'

type Provider = Awaited<ReturnType<typeof startIdentityProvider>>

let provider: Provider
beforeAll(async () => {
  provider = await startIdentityProvider({ origin: ORIGIN })
})
afterAll(() => provider.close())

const settings = (env: Record<string, string> = {}): Record<string, string> => ({
  FOGHORN_OIDC_ISSUER: provider.issuer,
  FOGHORN_OIDC_CLIENT_ID: CLIENT.id,
  FOGHORN_OIDC_CLIENT_SECRET: CLIENT.secret,
  FOGHORN_OIDC_NAME: 'Acme ID',
  ...env,
})

let service: TestService
beforeEach(async () => {
  service = await startService({ env: settings() })
})
afterEach(() => service.close())

/** Begins again with other settings of the operator. */
const startWith = async (env: Record<string, string>): Promise<void> => {
  await service.close()
  service = await startService({ env: settings(env) })
}

const isOurs = (url: URL): boolean => url.origin === ORIGIN

/** Follows redirects like a browser, with cookies, up to the web app; stops before an address that `until` picks. */
const createBrowser = (cookies = new Map<string, string>()) => {
  const visit = async (url: URL, until: (url: URL) => boolean): Promise<URL> => {
    if (until(url) || (isOurs(url) && !url.pathname.startsWith('/api/'))) return url
    const cookie = [...cookies].filter(([name]) => name.startsWith(url.origin)).map(([, value]) => value)
    const init = { headers: { cookie: cookie.join('; ') }, redirect: 'manual' } as const
    const response = isOurs(url) ? await service.request(url.pathname + url.search, init) : await fetch(url, init)
    for (const set of response.headers.getSetCookie()) {
      const [pair] = set.split(';') as [string]
      const key = `${url.origin} ${pair.split('=')[0]}`
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(set)) cookies.delete(key)
      else cookies.set(key, pair)
    }
    const location = response.headers.get('location')
    if (!location) throw new Error(`${url.pathname} answered ${response.status}: ${await response.text()}`)
    return visit(new URL(location, url), until)
  }
  return {
    cookies,
    visit: (path: string, until: (url: URL) => boolean = () => false) => visit(new URL(path, ORIGIN), until),
    session: async (): Promise<SessionJson | undefined> => {
      const cookie = cookies.get(`${ORIGIN} foghorn_session`) ?? ''
      const response = await service.request('/api/0/session/', { headers: { cookie } })
      return response.status === 200 ? ((await response.json()) as SessionJson) : undefined
    },
  }
}

const isReturn = (url: URL): boolean => isOurs(url) && url.pathname.endsWith('/return/')

/** Somebody signs on in a browser of their own; gives where they end up and who they are then. */
const signOn = async (person: Person | undefined, path = BEGIN, browser = createBrowser()) => {
  provider.seat(person)
  const end = await browser.visit(path)
  const session = await browser.session()
  return { end: end.pathname + end.search, email: session?.user.email, session, browser }
}

const ADA: Person = { sub: 'ada-1', email: 'ada@acme.test', email_verified: true, name: 'Ada' }

const account = async (email: string, { role = 'member' as Role, passwordHash = 'hash' as string | null } = {}) => {
  const { accounts } = service.stores
  const made = (await accounts.create({ email, name: email, passwordHash }))!
  await accounts.join(made.id, service.project.organizationId, role)
  return made
}

const loggedIn = async (email: string, role: Role = 'member') => {
  const { id } = await account(email, { role })
  const secret = await createLogIn(service.stores.accounts, () => service.clock.now).open(id)
  return createBrowser(new Map([[`${ORIGIN} foghorn_session`, `foghorn_session=${secret}`]]))
}

const asOwner = async (path: string, body?: object) => {
  const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' }
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
  return (await (await service.request(`/api/0/organizations/acme${path}`, init)).json()) as unknown
}

const invite = async (email: string): Promise<string> =>
  ((await asOwner('/members/', { email, orgRole: 'viewer' })) as { inviteLink: string }).inviteLink

const tokenOf = (link: string): string => new URL(link).searchParams.get('token')!

describe('single sign-on', () => {
  test('is offered by its name where the operator has set it up, and only there', async () => {
    const offered = async () => (await service.request('/api/0/session/sign-on/')).json()
    expect(await offered()).toEqual({ name: 'Acme ID' })
    await service.close()
    service = await startService()
    expect(await offered()).toEqual({ name: null })
    expect((await service.request(BEGIN)).status).toBe(404)
  })

  test('lets somebody of an allowed domain in, with the role that newcomers get, and knows them again', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test, example.com', FOGHORN_OIDC_ROLE: 'viewer' })
    const first = await signOn(ADA)
    expect([first.end, first.email, first.session?.user.role]).toEqual(['/', 'ada@acme.test', 'viewer'])
    const again = await signOn(ADA)
    expect(again.session?.user.id).toBe(first.session?.user.id)
    const [member] = (await asOwner('/members/')) as MemberJson[]
    expect(member).toMatchObject({ email: 'ada@acme.test', name: 'Ada', pending: false })
    const { rows } = (await asOwner('/audit-logs/')) as { rows: AuditEntryJson[] }
    expect(rows).toMatchObject([{ event: 'member.join', actor: { name: 'ada@acme.test' } }])
  })

  test('works without a secret where the provider knows this service as public', async () => {
    const open = await startIdentityProvider({ origin: ORIGIN, isPublic: true })
    await startWith({
      FOGHORN_OIDC_ISSUER: open.issuer,
      FOGHORN_OIDC_CLIENT_SECRET: '',
      FOGHORN_OIDC_DOMAINS: 'acme.test',
    })
    open.seat(ADA)
    const browser = createBrowser()
    await browser.visit(BEGIN)
    expect((await browser.session())?.user.email).toBe('ada@acme.test')
    await open.close()
  })

  test('ends within a day, so that whom the provider shuts out is out', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    const { browser } = await signOn(ADA)
    service.clock.now += 24 * 60 * MINUTE - 1
    expect(await browser.session()).toBeDefined()
    service.clock.now += 1
    expect(await browser.session()).toBeUndefined()
  })

  test('that somebody breaks off leads back to the log-in page', async () => {
    expect((await signOn(undefined)).end).toBe('/login?refused=cancelled')
  })

  test('says so when the provider cannot be reached, and tries again at the next visit', async () => {
    const late = await startIdentityProvider({ origin: ORIGIN })
    await startWith({ FOGHORN_OIDC_ISSUER: late.issuer })
    await late.close()
    expect((await signOn(ADA)).end).toBe('/login?refused=unreachable')
    expect(service.failures).toHaveLength(1)
    const back = await startIdentityProvider({ origin: ORIGIN, port: Number(new URL(late.issuer).port) })
    back.seat(undefined)
    expect((await createBrowser().visit(BEGIN)).search).toBe('?refused=cancelled')
    await back.close()
  })
})

describe('a newcomer', () => {
  test.each([
    ['of no domain that is let in', { FOGHORN_OIDC_DOMAINS: 'example.com' }],
    ['of a domain that only ends like one', { FOGHORN_OIDC_DOMAINS: 'me.test' }],
    ['where no domain is let in', {}],
    ['where nobody said which organization', { FOGHORN_OIDC_DOMAINS: 'acme.test', FOGHORN_OIDC_ORGANIZATION: 'none' }],
  ])('%s gets no account', async (_case, env) => {
    await startWith(env as Record<string, string>)
    const { end, session } = await signOn(ADA)
    expect([end, session]).toEqual(['/login?refused=not-invited', undefined])
    expect(await service.stores.accounts.byEmail('ada@acme.test')).toBeUndefined()
  })

  test('who is invited needs no domain; the link of the invitation then opens nothing', async () => {
    const link = await invite('ada@acme.test')
    const { email, session } = await signOn(ADA)
    expect([email, session?.user.role]).toEqual(['ada@acme.test', 'viewer'])
    const taken = await service.request(`/api/0/setup/?token=${tokenOf(link)}`)
    expect(taken.status).toBe(410)
  })

  test('comes through the link of the invitation, too, and nobody else does', async () => {
    const begin = `${BEGIN}?token=${tokenOf(await invite('ada@acme.test'))}`
    const mallory = { sub: 'mallory', email: 'mallory@acme.test', email_verified: true }
    expect((await signOn(mallory, begin)).end).toBe('/login?refused=wrong-person')
    expect((await signOn(ADA, begin)).email).toBe('ada@acme.test')
    expect((await signOn(mallory, begin)).end).toBe('/login?refused=expired')
  })

  test('who left for good is not let in again by the domain', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    const { session } = await signOn(ADA)
    await service.stores.accounts.leave(Number(session!.user.id), service.project.organizationId)
    expect((await signOn(ADA)).session?.organizations).toEqual([])
  })
})

describe('an account', () => {
  test('with a password is not given away by an address: its owner connects it from inside, once', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    const browser = await loggedIn('ada@acme.test', 'owner')
    expect((await signOn(ADA)).end).toBe('/login?refused=log-in-first')
    expect((await signOn(ADA, BEGIN, browser)).end).toBe('/')
    expect((await signOn(ADA)).session?.user.role).toBe('owner')
  })

  test('does not take an identity with another address, though it is logged in', async () => {
    const browser = await loggedIn('ada@acme.test', 'owner')
    const mallory = { sub: 'mallory', email: 'mallory@acme.test', email_verified: true }
    expect((await signOn(mallory, BEGIN, browser)).end).toBe('/login?refused=wrong-person')
    expect((await signOn(mallory)).email).toBeUndefined()
  })

  test.each([
    ['nobody verified', { email_verified: false }],
    ['of which the provider says nothing', {}],
    ['which is not told', { email_verified: true, email: '' }],
  ])('is not connected by an address that %s', async (_case, claims) => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    const unsure = { sub: 'ada-2', email: 'ada@acme.test', ...claims }
    expect((await signOn(unsure)).end).toBe('/login?refused=unverified')
    const browser = await loggedIn('ada@acme.test')
    expect((await signOn(unsure, BEGIN, browser)).end).toBe('/login?refused=unverified')
    const link = await invite('new@acme.test')
    const begin = `${BEGIN}?token=${tokenOf(link)}`
    expect((await signOn({ ...unsure, email: 'new@acme.test', email_verified: false }, begin)).end).toContain(
      'unverified',
    )
  })

  test('does not go to whoever gets its address later, with another subject', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    await signOn(ADA)
    const successor = { ...ADA, sub: 'ada-of-next-year' }
    expect((await signOn(successor)).end).toBe('/login?refused=log-in-first')
  })

  test('stays with its subject when the address changes', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    const { session } = await signOn(ADA)
    const renamed = await signOn({ ...ADA, email: 'ada@example.com', email_verified: false })
    expect(renamed.session?.user.id).toBe(session?.user.id)
  })

  test('cannot take over an identity that another has', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    await signOn(ADA)
    const browser = await loggedIn('ben@acme.test')
    const { end, email } = await signOn(ADA, BEGIN, browser)
    expect([end, email]).toEqual(['/login?refused=wrong-person', 'ben@acme.test'])
  })

  test('that signs on elsewhere gets no link by which an organization could choose its password', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    const { session } = await signOn(ADA)
    await service.stores.accounts.leave(Number(session!.user.id), service.project.organizationId)
    expect(await invite('ada@acme.test')).toBeNull()
  })
})

describe('a way back', () => {
  test('is for the browser that set out, so that nobody is lured into an account of another', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    const attacker = createBrowser()
    provider.seat({ sub: 'mallory', email: 'mallory@acme.test', email_verified: true })
    const lure = await attacker.visit(BEGIN, isReturn)
    const victim = createBrowser()
    const end = await victim.visit(lure.pathname + lure.search)
    expect([end.pathname + end.search, await victim.session()]).toEqual(['/login?refused=expired', undefined])
    const other = createBrowser()
    await other.visit(BEGIN, isReturn)
    expect((await other.visit(lure.pathname + lure.search)).search).toBe('?refused=expired')
  })

  test('is gone once', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    provider.seat(ADA)
    const browser = createBrowser()
    const back = await browser.visit(BEGIN, isReturn)
    const kept = new Map(browser.cookies)
    expect((await browser.visit(back.pathname + back.search)).pathname).toBe('/')
    const replay = createBrowser(kept)
    expect((await replay.visit(back.pathname + back.search)).search).toBe('?refused=expired')
    expect(await replay.session()).toBeUndefined()
  })

  test('is open for ten minutes', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    provider.seat(ADA)
    const browser = createBrowser()
    const back = await browser.visit(BEGIN, isReturn)
    service.clock.now += 10 * MINUTE
    expect((await browser.visit(back.pathname + back.search)).search).toBe('?refused=expired')
  })

  const altered = async (alter: (url: URL) => void): Promise<string> => {
    provider.seat(ADA)
    const browser = createBrowser()
    const back = await browser.visit(BEGIN, isReturn)
    alter(back)
    const { search } = await browser.visit(back.pathname + back.search)
    return (await browser.session()) ? 'a session' : search
  }

  test('needs the provider that was asked: an answer of another, or of nobody, opens nothing', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    const issuer = (value: string) => (url: URL) => url.searchParams.set('iss', value)
    expect(await altered(issuer('https://evil.test'))).toBe('?refused=failed')
    expect(await altered((url) => url.searchParams.delete('iss'))).toBe('?refused=failed')
    expect(await altered((url) => url.searchParams.set('code', 'x'.repeat(43)))).toBe('?refused=failed')
    expect(await altered((url) => url.searchParams.set('state', 'x'.repeat(43)))).toBe('?refused=expired')
    expect(await altered((url) => url.searchParams.delete('state'))).toBe('?refused=expired')
  })

  test('with the code of another visit opens nothing', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    provider.seat({ sub: 'mallory', email: 'mallory@acme.test', email_verified: true })
    const stolen = await createBrowser().visit(BEGIN, isReturn)
    const code = stolen.searchParams.get('code')!
    expect(await altered((url) => url.searchParams.set('code', code))).toBe('?refused=failed')
  })

  test.each([
    ['/organizations/acme/issues/?query=a', '/organizations/acme/issues/?query=a'],
    ['https://evil.test/', '/'],
    ['//evil.test/', '/'],
    ['/\\evil.test/', '/'],
    ['/\t/evil.test/', '/'],
    ['javascript:alert(1)', '/'],
    ['http://foghorn.test@evil.test/', '/'],
  ])('for who wanted %j leads to %s', async (next, end) => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    expect((await signOn(ADA, `${BEGIN}?next=${encodeURIComponent(next)}`)).end).toBe(end)
  })

  test('gives a new session, whatever the browser had before', async () => {
    await startWith({ FOGHORN_OIDC_DOMAINS: 'acme.test' })
    const planted = `foghorn_session=${'a'.repeat(64)}`
    const { browser } = await signOn(ADA, BEGIN, createBrowser(new Map([[`${ORIGIN} foghorn_session`, planted]])))
    expect(browser.cookies.get(`${ORIGIN} foghorn_session`)).not.toBe(planted)
  })
})

test('beginning many visits from one address is slowed', async () => {
  provider.seat(ADA)
  const begin = async () => (await service.request(BEGIN, { redirect: 'manual' })).status
  for (let visit = 0; visit < 100; visit += 1) expect(await begin()).toBe(302)
  expect(await begin()).toBe(429)
  service.clock.now += 16 * MINUTE
  expect(await begin()).toBe(302)
})

test('nothing secret of a visit is in an address, a cookie that scripts read, or an answer', async () => {
  const response = await service.request(BEGIN)
  const [location, cookie] = [response.headers.get('location')!, response.headers.get('set-cookie')!]
  expect(location).not.toContain(CLIENT.secret)
  expect(new URL(location).searchParams.get('code_challenge_method')).toBe('S256')
  expect(location).not.toContain('code_verifier')
  expect(cookie).toMatch(/HttpOnly.*SameSite=Lax|SameSite=Lax.*HttpOnly/)
})
