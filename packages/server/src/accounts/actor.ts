import type { AccountStore } from '../ports/accounts.ts'
import { accessEverywhere, accessOf, type Access } from './access.ts'
import { isScope } from './scopes.ts'
import { hashSecret } from './secret.ts'

export interface ActorOrganization extends Access {
  id: number
  slug: string
  name: string
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

/** The actor as the feeds of issues name it. */
export const actorKey = ({ accountId, name }: Actor): string =>
  accountId === undefined ? name.replace(/^token /, 'token:') : `user:${accountId}`

export const byToken = async (accounts: AccountStore, token: string, now: number): Promise<Actor | undefined> => {
  const found = await accounts.findToken(hashSecret(token), now)
  if (!found) return undefined
  const { organizationId: id, organizationSlug: slug, organizationName: name, scopes } = found
  return {
    kind: 'token',
    name: `token ${found.name}`,
    organizations: [{ id, slug, name, ...accessEverywhere(scopes.filter(isScope)) }],
  }
}

const organizationsOf = async (accounts: AccountStore, accountId: number): Promise<ActorOrganization[]> => {
  const [memberships, projectRoles] = await Promise.all([
    accounts.memberships(accountId),
    accounts.projectRoles(accountId),
  ])
  return memberships.map(({ organizationId: id, organizationSlug: slug, organizationName: name, role, isOpen }) => ({
    id,
    slug,
    name,
    ...accessOf(
      { role, isOpen },
      projectRoles.filter(({ organizationId }) => organizationId === id),
    ),
  }))
}

export const bySession = async (accounts: AccountStore, secret: string, now: number): Promise<Actor | undefined> => {
  const session = await accounts.findSession(hashSecret(secret), now)
  if (!session) return undefined
  const { accountId } = session
  const [account, organizations] = await Promise.all([accounts.byId(accountId), organizationsOf(accounts, accountId)])
  return { kind: 'account', accountId, name: account?.email ?? '', organizations }
}
