import type { Account, AccountStore, Role } from '../ports/accounts.ts'
import { createLink } from './one-time-link.ts'

export interface Invitation {
  account: Account
  /** Secret of the link at which the person chooses a password; absent when there is nothing to choose. */
  secret?: string
}

/**
 * Takes somebody into an organization. Whoever opens the link gets the account, so it is made only for an account that
 * no other organization knows: an organization must not come into another through a person that both invite.
 */
export const invite = async (
  accounts: AccountStore,
  wish: { email: string; organizationId: number; role: Role },
  now: number,
): Promise<Invitation | undefined> => {
  const { email, organizationId, role } = wish
  const name = email.split('@')[0]!
  const account = (await accounts.create({ email, name, passwordHash: null })) ?? (await accounts.byEmail(email))!
  const memberships = await accounts.memberships(account.id)
  if (memberships.some((membership) => membership.organizationId === organizationId)) return undefined
  await accounts.join(account.id, organizationId, role)
  if (account.passwordHash !== null || memberships.length > 0) return { account }
  return { account, secret: await createLink(accounts, { purpose: 'invite', accountId: account.id }, now) }
}
