export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const
export type Role = (typeof ROLES)[number]

export interface Account {
  id: number
  email: string
  name: string
  /** Absent until the invited person has chosen a password. */
  passwordHash: string | null
}

export interface Membership {
  organizationId: number
  organizationSlug: string
  organizationName: string
  role: Role
}

export interface ApiToken {
  id: number
  organizationId: number
  organizationSlug: string
  organizationName: string
  scopes: string[]
}

export interface OneTimeLink {
  purpose: 'setup' | 'invite'
  accountId: number | null
}

/** Secrets are handed in as hashes: nothing that opens a door is stored as it is. */
export interface AccountStore {
  count(): Promise<number>
  create(account: { email: string; name: string; passwordHash: string | null }): Promise<Account | undefined>
  byEmail(email: string): Promise<Account | undefined>
  byId(id: number): Promise<Account | undefined>
  setPassword(accountId: number, change: { name: string; passwordHash: string }): Promise<void>
  join(accountId: number, organizationId: number, role: Role): Promise<void>
  memberships(accountId: number): Promise<Membership[]>

  addSession(session: { secretHash: string; accountId: number; expiresAt: number }): Promise<void>
  findSession(secretHash: string, now: number): Promise<{ accountId: number } | undefined>
  removeSession(secretHash: string): Promise<void>

  addToken(token: { secretHash: string; organizationId: number; name: string; scopes: string[] }): Promise<void>
  findToken(secretHash: string, now: number): Promise<ApiToken | undefined>

  addLink(link: OneTimeLink & { secretHash: string; expiresAt: number }): Promise<void>
  /** Setup links made earlier stop working. */
  removeSetupLinks(): Promise<void>
  findLink(secretHash: string, now: number): Promise<OneTimeLink | undefined>
  /** Takes the link out of use; undefined when somebody else was faster. */
  useLink(secretHash: string, now: number): Promise<OneTimeLink | undefined>
}
