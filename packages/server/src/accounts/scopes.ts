import type { Role } from '../ports/accounts.ts'

export const SCOPES = [
  'org:read',
  'project:read',
  'project:write',
  'project:releases',
  'event:read',
  'event:write',
] as const
export type Scope = (typeof SCOPES)[number]

const READ: readonly Scope[] = ['org:read', 'project:read', 'event:read']
const WORK: readonly Scope[] = [...READ, 'project:releases', 'event:write']

/** What each role may do in its organization. */
export const scopesOf: Record<Role, readonly Scope[]> = { viewer: READ, member: WORK, admin: SCOPES, owner: SCOPES }

export const isScope = (name: string): name is Scope => (SCOPES as readonly string[]).includes(name)
