import type { Account, AccountStore, Role } from '../ports/accounts.ts'
import type { IdentityStore } from '../ports/identities.ts'
import { createLink } from './one-time-link.ts'

export interface Invitation {
  account: Account
  /** Secret of the link at which the person chooses a password; absent when there is nothing to choose. */
  secret?: string
}

export interface InviteDeps {
  accounts: AccountStore
  identities: Pick<IdentityStore, 'hasIdentity'>
}

/**
 * Takes somebody into an organization. Whoever opens the link gets the account, so it is made only for an account that
 * no other organization knows: an organization must not come into another through a person that both invite.
 */
export const invite = async (
  { accounts, identities }: InviteDeps,
  wish: { email: string; organizationId: number; role: Role },
  now: number,
): Promise<Invitation | undefined> => {
  const { email, organizationId, role } = wish
  const name = email.split('@')[0]!
  const account = (await accounts.create({ email, name, passwordHash: null })) ?? (await accounts.byEmail(email))!
  const memberships = await accounts.memberships(account.id)
  if (memberships.some((membership) => membership.organizationId === organizationId)) return undefined
  await accounts.join(account.id, organizationId, role)
  const isSomebodys = account.passwordHash !== null || (await identities.hasIdentity(account.id))
  if (isSomebodys || memberships.length > 0) return { account }
  return { account, secret: await createLink(accounts, { purpose: 'invite', accountId: account.id }, now) }
}
