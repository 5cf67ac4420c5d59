export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const
export type Role = (typeof ROLES)[number]

export interface Account {
  id: number
  email: string
  name: string
  /** Absent until the person has chosen a password, which those who sign on elsewhere need not. */
  passwordHash: string | null
}

/** What a team can make of its members where its projects are concerned. */
export const TEAM_ROLES = ['admin', 'member', 'viewer'] as const satisfies readonly Role[]
export type TeamRole = (typeof TEAM_ROLES)[number]

export interface Membership {
  organizationId: number
  organizationSlug: string
  organizationName: string
  role: Role
  /** Whether its members see all of its projects, not only those of their teams. */
  isOpen: boolean
}

/** A project that somebody reaches through a team. */
export interface ProjectRole {
  organizationId: number
  projectId: number
  /** Null: as in the organization. */
  role: TeamRole | null
}

/** An account as an organization sees it. */
export interface Member {
  accountId: number
  email: string
  name: string
  role: Role
  /** Whether the invited person has neither chosen a password nor signed on. */
  isPending: boolean
  /** Milliseconds since 1970. */
  createdAt: number
}

/** A token as its organization sees it: not the token itself, which is shown only once. */
export interface TokenRecord {
  id: number
  name: string
  scopes: string[]
  /** Its last characters. */
  ending: string
  /** Milliseconds since 1970, as are the other times. */
  createdAt: number
  lastUsedAt: number | null
  expiresAt: number | null
}

export interface NewToken {
  secretHash: string
  organizationId: number
  name: string
  scopes: string[]
  ending?: string
  /** Milliseconds since 1970; absent: it opens until it is revoked. */
  expiresAt?: number | undefined
}

export interface ApiToken {
  id: number
  name: string
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
  rename(accountId: number, name: string): Promise<void>
  /** Ends all sessions of the account as well: whoever had them may be why the password changes. */
  setPassword(accountId: number, change: { name: string; passwordHash: string }): Promise<void>
  join(accountId: number, organizationId: number, role: Role): Promise<void>
  memberships(accountId: number): Promise<Membership[]>
  /** The projects of the account's teams, once for each team. */
  projectRoles(accountId: number): Promise<ProjectRole[]>

  addSession(session: { secretHash: string; accountId: number; expiresAt: number }): Promise<void>
  findSession(secretHash: string, now: number): Promise<{ accountId: number } | undefined>
  removeSession(secretHash: string): Promise<void>

  members(organizationId: number): Promise<Member[]>
  /** Takes the account out of the organization and its teams. */
  leave(accountId: number, organizationId: number): Promise<void>

  addToken(token: NewToken): Promise<number>
  /** Undefined for one that expired. Notes the use, to the minute. */
  findToken(secretHash: string, now: number): Promise<ApiToken | undefined>
  tokens(organizationId: number): Promise<TokenRecord[]>
  /** False when the organization has no such token. */
  removeToken(organizationId: number, id: number): Promise<boolean>

  /** Notes that somebody failed to log in under a name. */
  addFailure(nameHash: string, at: number): Promise<void>
  failuresSince(nameHash: string, since: number): Promise<number>
  forgetFailures(nameHash: string): Promise<void>

  addLink(link: OneTimeLink & { secretHash: string; expiresAt: number }): Promise<void>
  /** Setup links made earlier stop working. */
  removeSetupLinks(): Promise<void>
  findLink(secretHash: string, now: number): Promise<OneTimeLink | undefined>
  /** Takes the link out of use; undefined when somebody else was faster. */
  useLink(secretHash: string, now: number): Promise<OneTimeLink | undefined>
}
