import type { AccountStore } from '../ports/accounts.ts'
import { isScope, scopesOf, type Scope } from './scopes.ts'
import { hashSecret } from './secret.ts'

export interface ActorOrganization {
  id: number
  slug: string
  name: string
  scopes: readonly Scope[]
}

/** Who makes a request, and what they may do where. */
export interface Actor {
  kind: 'account' | 'token'
  /** Who that is in the audit log. */
  name: string
  /** Absent for a token. */
  accountId?: number
  organizations: ActorOrganization[]
}

export const byToken = async (accounts: AccountStore, token: string, now: number): Promise<Actor | undefined> => {
  const found = await accounts.findToken(hashSecret(token), now)
  if (!found) return undefined
  const { organizationId: id, organizationSlug: slug, organizationName: name, scopes } = found
  return {
    kind: 'token',
    name: `token ${found.name}`,
    organizations: [{ id, slug, name, scopes: scopes.filter(isScope) }],
  }
}

export const bySession = async (accounts: AccountStore, secret: string, now: number): Promise<Actor | undefined> => {
  const session = await accounts.findSession(hashSecret(secret), now)
  if (!session) return undefined
  const memberships = await accounts.memberships(session.accountId)
  const organizations = memberships.map(({ organizationId, organizationSlug, organizationName, role }) => ({
    id: organizationId,
    slug: organizationSlug,
    name: organizationName,
    scopes: scopesOf[role],
  }))
  const account = await accounts.byId(session.accountId)
  return { kind: 'account', accountId: session.accountId, name: account?.email ?? '', organizations }
}
