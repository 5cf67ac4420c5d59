import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { LogIn } from '../accounts/log-in.ts'
import { hashPassword } from '../accounts/password.ts'
import type { Account, AccountStore } from '../ports/accounts.ts'
import type { AuditAction, AuditLog } from '../ports/audit.ts'
import { NewPassword, PersonName } from './account-fields.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { clientAddress } from './client-address.ts'
import { invalidField } from './invalid-input.ts'
import { keepSession, sessionJson, tooManyTries } from './session.ts'
import { subscriptionRoutes, type SubscriptionDeps } from './subscriptions.ts'
import { valid } from './valid.ts'

export interface ProfileDeps extends SubscriptionDeps {
  accounts: AccountStore
  audit: AuditLog
  logIn: LogIn
  publicUrl: () => string
}

const NewName = v.object({ name: PersonName })
const PasswordChange = v.object({
  /** The one of before. */
  password: v.pipe(v.string(), v.maxLength(1000)),
  newPassword: NewPassword,
})

const ownAccount = async (c: Context<ApiEnv>, accounts: AccountStore): Promise<Account> => {
  const { accountId } = c.var.actor!
  const account = accountId === undefined ? undefined : await accounts.byId(accountId)
  if (!account) throw new HTTPException(403, { message: 'A token has no profile. Log in to change yours.' })
  return account
}

/** Every organization of the account is told, since it is one account in all of them. */
const noteEverywhere = async (c: Context<ApiEnv>, action: AuditAction, audit: AuditLog): Promise<void> => {
  const { name: actor, organizations } = c.var.actor!
  for (const { id: organizationId } of organizations)
    await audit.add({ organizationId, actor, address: clientAddress(c), action, target: actor })
}

const checkPassword = async (c: Context<ApiEnv>, { email, password }: Account & { password: string }, logIn: LogIn) => {
  const { status } = await logIn.prove({ email, password, address: clientAddress(c) })
  if (status === 'blocked') throw tooManyTries()
  if (status === 'wrong') throw invalidField('password', 'This is not your current password.')
}

/** What people change of their own account, and what they follow. */
export const profileRoutes = ({ accounts, audit, logIn, publicUrl, ...deps }: ProfileDeps) =>
  new Hono<ApiEnv>()
    .route('/', subscriptionRoutes(deps))
    .put('/profile/', authorize('org:read'), valid('json', NewName), async (c) => {
      const { id } = await ownAccount(c, accounts)
      await accounts.rename(id, c.req.valid('json').name)
      await noteEverywhere(c, 'account.edit', audit)
      return c.json(await sessionJson(accounts, id))
    })
    .put('/profile/password/', authorize('org:read'), valid('json', PasswordChange), async (c) => {
      const account = await ownAccount(c, accounts)
      const { password, newPassword } = c.req.valid('json')
      if (account.passwordHash === null)
        throw new HTTPException(409, { message: 'You sign in elsewhere and have no password here to change.' })
      await checkPassword(c, { ...account, password }, logIn)
      await accounts.setPassword(account.id, { name: account.name, passwordHash: await hashPassword(newPassword) })
      keepSession(c, await logIn.open(account.id), publicUrl())
      await noteEverywhere(c, 'account.password', audit)
      return c.json(await sessionJson(accounts, account.id))
    })
