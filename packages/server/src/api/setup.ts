import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { LogIn } from '../accounts/log-in.ts'
import { hashPassword } from '../accounts/password.ts'
import { hashSecret } from '../accounts/secret.ts'
import type { AccountStore, OneTimeLink } from '../ports/accounts.ts'
import type { ProjectStore } from '../ports/projects.ts'
import type { ApiEnv } from './api-env.ts'
import { NewPassword, PersonName } from './account-fields.ts'
import { keepSession, sessionJson } from './session.ts'
import type { SetupJson } from './shapes.ts'
import { valid } from './valid.ts'

export interface SetupDeps {
  accounts: AccountStore
  projects: ProjectStore
  logIn: LogIn
  publicUrl: () => string
  now: () => number
}

const Newcomer = v.object({
  token: v.string(),
  name: PersonName,
  email: v.optional(v.pipe(v.string(), v.trim(), v.email('This is not an e-mail address.'), v.maxLength(200))),
  password: NewPassword,
  organization: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(50))),
})
type Newcomer = v.InferOutput<typeof Newcomer>

const GONE = 'This link has been used or is too old. Restart the service, or ask an owner for a new one.'

const gone = (): never => {
  throw new HTTPException(410, { message: GONE })
}

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .replace(/^\d+$/, 'org-$&') || 'main'

/** The first account owns everything that is there, or the organization that it names. */
const setUpFirst = async (newcomer: Newcomer, { accounts, projects }: SetupDeps): Promise<number> => {
  if (newcomer.email === undefined) throw new HTTPException(400, { message: 'Tell us your e-mail address.' })
  const passwordHash = await hashPassword(newcomer.password)
  const account = await accounts.create({ email: newcomer.email, name: newcomer.name, passwordHash })
  if (!account) throw new HTTPException(400, { message: 'There is an account with this e-mail address already.' })
  const existing = await projects.organizations()
  const name = newcomer.organization || 'Main'
  const owned = existing.length > 0 ? existing : [await projects.ensureOrganization(slugOf(name), name)]
  for (const organization of owned) await accounts.join(account.id, organization.id, 'owner')
  return account.id
}

const setUpInvited = async (newcomer: Newcomer, accountId: number, { accounts }: SetupDeps): Promise<number> => {
  await accounts.setPassword(accountId, { name: newcomer.name, passwordHash: await hashPassword(newcomer.password) })
  return accountId
}

const describe = async (link: OneTimeLink, { accounts, projects }: SetupDeps): Promise<SetupJson> => {
  const account = link.accountId === null ? undefined : await accounts.byId(link.accountId)
  const organizations = await projects.organizations()
  return {
    valid: true,
    purpose: link.purpose,
    email: account?.email ?? null,
    organizations: organizations.map(({ slug, name }) => ({ slug, name })),
  }
}

export const setupRoutes = (deps: SetupDeps) =>
  new Hono<ApiEnv>()
    .get('/setup/', async (c) => {
      const link = await deps.accounts.findLink(hashSecret(c.req.query('token') ?? ''), deps.now())
      return c.json(await describe(link ?? gone(), deps))
    })
    .post('/setup/', valid('json', Newcomer), async (c) => {
      const newcomer = c.req.valid('json')
      const secretHash = hashSecret(newcomer.token)
      const found = (await deps.accounts.findLink(secretHash, deps.now())) ?? gone()
      if (found.purpose === 'setup' && newcomer.email === undefined)
        return c.json(
          { detail: 'The request has invalid fields.', errors: { email: ['Tell us your e-mail address.'] } },
          400,
        )
      const link = (await deps.accounts.useLink(secretHash, deps.now())) ?? gone()
      const accountId =
        link.accountId === null ? await setUpFirst(newcomer, deps) : await setUpInvited(newcomer, link.accountId, deps)
      keepSession(c, await deps.logIn.open(accountId), deps.publicUrl())
      return c.json(await sessionJson(deps.accounts, accountId))
    })
