import type { Membership, ProjectRole } from '../ports/accounts.ts'
import { isAboutProjects, scopesOf, type Scope } from './scopes.ts'

/** What somebody may do in an organization. */
export interface Access {
  /** In the organization as such. */
  scopes: readonly Scope[]
  /** On one of its projects; nothing: for them the project does not exist. */
  scopesOn(projectId: number): readonly Scope[]
  /** On some project at least. */
  anywhere(scope: Scope): boolean
}

/** The same everywhere, as tokens have it. */
export const accessEverywhere = (scopes: readonly Scope[]): Access => ({
  scopes,
  scopesOn: () => scopes,
  anywhere: (scope) => scopes.includes(scope),
})

const SEES_ALL = ['owner', 'admin']

/**
 * A member may do on each project what the role in the organization says, and what the roles in the project's teams add.
 * Where the organization is not open, members and viewers see the projects of their teams alone.
 */
export const accessOf = (
  { role, isOpen }: Pick<Membership, 'role' | 'isOpen'>,
  projectRoles: readonly ProjectRole[],
): Access => {
  const scopes = scopesOf[role]
  const seesAll = isOpen || SEES_ALL.includes(role)
  const byProject = new Map<number, Set<Scope>>()
  for (const { projectId, role: teamRole } of projectRoles) {
    const added = teamRole === null ? [] : scopesOf[teamRole].filter(isAboutProjects)
    byProject.set(projectId, new Set([...(byProject.get(projectId) ?? scopes), ...added]))
  }
  const scopesOn = (projectId: number): readonly Scope[] => [...(byProject.get(projectId) ?? (seesAll ? scopes : []))]
  return {
    scopes,
    scopesOn,
    anywhere: (scope) => scopes.includes(scope) || [...byProject.values()].some((own) => own.has(scope)),
  }
}
