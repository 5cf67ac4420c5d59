import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import type { Admission, Refusal } from '../accounts/admit-identity.ts'
import { SIGN_ON_SESSION_MS, type LogIn } from '../accounts/log-in.ts'
import { hashSecret } from '../accounts/secret.ts'
import type { Return, SignOn } from '../accounts/sign-on.ts'
import { createThrottle } from '../accounts/throttle.ts'
import type { AuditLog } from '../ports/audit.ts'
import type { ApiEnv } from './api-env.ts'
import { clientAddress } from './client-address.ts'
import { missing } from './find-issue.ts'
import { keepSession } from './session.ts'
import type { SignOnJson } from './shapes.ts'

export interface SignOnRouteDeps {
  /** Absent where the operator has set up none. */
  signOn: SignOn | undefined
  logIn: LogIn
  audit: AuditLog
  publicUrl: () => string
  now: () => number
}

const PATH = '/session/sign-on'
const BROWSER_COOKIE = 'foghorn_sign_on'
const BROWSER_SECONDS = 600
const VISITS_PER_ADDRESS = 100

/** A path of this service, read as browsers read it: they drop tabs, and take backslashes for slashes. */
const pathHere = (wanted: string | undefined, publicUrl: string): string => {
  const url = URL.canParse(wanted ?? '', publicUrl) ? new URL(wanted ?? '', publicUrl) : undefined
  return url?.origin === new URL(publicUrl).origin ? url.pathname + url.search + url.hash : '/'
}

const refusedAt = (publicUrl: string, refusal: Refusal, next = '/'): string =>
  `${publicUrl}/login?${new URLSearchParams({ refused: refusal, ...(next === '/' ? {} : { next }) })}`

export const signOnRoutes = ({ signOn, logIn, audit, publicUrl, now }: SignOnRouteDeps) => {
  const visits = createThrottle(VISITS_PER_ADDRESS, now)
  const redirectUri = (): string => `${publicUrl()}/api/0${PATH}/return/`

  const keepBrowser = (c: Context, secret: string): void =>
    setCookie(c, BROWSER_COOKIE, secret, {
      httpOnly: true,
      // The provider sends the browser back from its own site, which strict cookies would not survive.
      sameSite: 'Lax',
      secure: publicUrl().startsWith('https:'),
      path: `/api/0${PATH}/`,
      maxAge: BROWSER_SECONDS,
    })

  const noteJoin = async (c: Context, { admission, person }: Return): Promise<void> => {
    if (admission.status !== 'ok' || !admission.joined) return
    const { organizationId, role } = admission.joined
    const entry = { actor: person!.email, address: clientAddress(c), target: `as ${role}, by single sign-on` }
    await audit.add({ organizationId, action: 'member.join', ...entry })
  }

  const enter = async (c: Context, admission: Admission & { status: 'ok' }): Promise<void> =>
    keepSession(c, await logIn.open(admission.accountId, SIGN_ON_SESSION_MS), publicUrl())

  return new Hono<ApiEnv>()
    .get(`${PATH}/`, (c) => c.json({ name: signOn?.name ?? null } satisfies SignOnJson))
    .get(`${PATH}/begin/`, async (c) => {
      if (!signOn) return missing('Single sign-on')
      if (!visits.admit(clientAddress(c)))
        throw new HTTPException(429, { message: 'Too many visits. Wait a quarter of an hour, then try again.' })
      const token = c.req.query('token')
      const begun = await signOn.begin({
        redirectUri: redirectUri(),
        next: pathHere(c.req.query('next'), publicUrl()),
        accountId: c.var.actor?.accountId ?? null,
        linkHash: token ? hashSecret(token) : null,
      })
      if (!begun) return c.redirect(refusedAt(publicUrl(), 'unreachable'))
      keepBrowser(c, begun.browserSecret)
      return c.redirect(begun.url.href)
    })
    .get(`${PATH}/return/`, async (c) => {
      if (!signOn) return missing('Single sign-on')
      const returned = new URL(redirectUri())
      returned.search = new URL(c.req.url).search
      const result = await signOn.finish(returned, getCookie(c, BROWSER_COOKIE) ?? '')
      deleteCookie(c, BROWSER_COOKIE, { path: `/api/0${PATH}/` })
      const { admission, next } = result
      if (admission.status === 'refused') return c.redirect(refusedAt(publicUrl(), admission.reason, next))
      await noteJoin(c, result)
      await enter(c, admission)
      return c.redirect(publicUrl() + next)
    })
}
