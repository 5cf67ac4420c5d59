import type { Role } from '../ports/accounts.ts'

// Sentry's names, so that its clients and people who know them ask for the same.
export const SCOPES = [
  'org:read',
  'org:write',
  'org:admin',
  'project:read',
  'project:write',
  'project:admin',
  'project:releases',
  'team:read',
  'team:write',
  'member:read',
  'member:write',
  'event:read',
  'event:write',
  'event:admin',
] as const
export type Scope = (typeof SCOPES)[number]

const READ: readonly Scope[] = ['org:read', 'project:read', 'team:read', 'member:read', 'event:read']
const WORK: readonly Scope[] = [...READ, 'project:releases', 'event:write']
const MANAGE: readonly Scope[] = [
  ...WORK,
  'org:write',
  'project:write',
  'project:admin',
  'team:write',
  'member:write',
  'event:admin',
]

/** What each role may do in its organization. Only owners erase people's data and decide who else is an owner. */
export const scopesOf: Record<Role, readonly Scope[]> = { viewer: READ, member: WORK, admin: MANAGE, owner: SCOPES }

/** Whether a scope is about projects and what is in them, and can be given for some of them. */
export const isAboutProjects = (scope: Scope): boolean => scope.startsWith('project:') || scope.startsWith('event:')

/**
 * Whether a request that names no project can be about some of them: issues and uploads of several projects are asked for
 * through their organization. Making projects is not.
 */
export const reachesIntoProjects = (scope: Scope): boolean => scope.startsWith('event:') || scope === 'project:releases'

export const isScope = (name: string): name is Scope => (SCOPES as readonly string[]).includes(name)
