import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { LogIn } from '../accounts/log-in.ts'
import type { AccountStore } from '../ports/accounts.ts'
import type { ApiEnv } from './api-env.ts'
import { SESSION_COOKIE } from './authorize.ts'
import { clientAddress } from './client-address.ts'
import type { SessionJson } from './shapes.ts'
import { valid } from './valid.ts'

export interface SessionDeps {
  accounts: AccountStore
  logIn: LogIn
  publicUrl: () => string
}

const Credentials = v.object({
  email: v.pipe(v.string(), v.maxLength(200)),
  password: v.pipe(v.string(), v.maxLength(1000)),
})

const COOKIE_SECONDS = 30 * 24 * 3600

/** Keeps the session in a cookie that scripts cannot read and other sites cannot make the browser send with a change. */
export const keepSession = (c: Context, session: string, publicUrl: string): void =>
  setCookie(c, SESSION_COOKIE, session, {
    httpOnly: true,
    sameSite: 'Lax',
    secure: publicUrl.startsWith('https:'),
    path: '/',
    maxAge: COOKIE_SECONDS,
  })

export const sessionJson = async (accounts: AccountStore, accountId: number): Promise<SessionJson> => {
  const account = (await accounts.byId(accountId))!
  const memberships = await accounts.memberships(accountId)
  return {
    user: {
      id: String(account.id),
      email: account.email,
      name: account.name,
      role: memberships[0]?.role ?? 'viewer',
      hasPassword: account.passwordHash !== null,
    },
    organizations: memberships.map(({ organizationId, organizationSlug, organizationName }) => ({
      id: String(organizationId),
      slug: organizationSlug,
      name: organizationName,
    })),
  }
}

const notLoggedIn = (): never => {
  throw new HTTPException(401, { message: 'You are not logged in.' })
}

export const tooManyTries = (): HTTPException =>
  new HTTPException(429, { message: 'Too many wrong passwords. Wait a quarter of an hour, then try again.' })

export const sessionRoutes = ({ accounts, logIn, publicUrl }: SessionDeps) =>
  new Hono<ApiEnv>()
    .get('/session/', async (c) => {
      const accountId = c.var.actor?.accountId ?? notLoggedIn()
      return c.json(await sessionJson(accounts, accountId))
    })
    .post('/session/', valid('json', Credentials), async (c) => {
      const result = await logIn.withPassword({ ...c.req.valid('json'), address: clientAddress(c) })
      if (result.status === 'blocked') throw tooManyTries()
      if (result.status === 'wrong')
        throw new HTTPException(401, { message: 'This e-mail address and password do not match.' })
      keepSession(c, result.session, publicUrl())
      return c.json(await sessionJson(accounts, result.account.id))
    })
    .delete('/session/', async (c) => {
      const session = getCookie(c, SESSION_COOKIE)
      if (session !== undefined && c.var.actor) await logIn.close(session)
      deleteCookie(c, SESSION_COOKIE)
      return c.body(null, 204)
    })
