import { HTTPException } from 'hono/http-exception'
import type { ActorOrganization } from '../accounts/actor.ts'
import type { Scope } from '../accounts/scopes.ts'
import type { Project, ProjectStore } from '../ports/projects.ts'

/** Finding projects. */
export type Projects = Pick<ProjectStore, 'projects' | 'project' | 'projectById'>

export const lacks = (scope: Scope): HTTPException =>
  new HTTPException(403, { message: `This needs the scope ${scope}. Ask an owner for a token or role that has it.` })

/**
 * An organization's projects as far as somebody's scope reaches. One that they do not see at all is not there; asking for
 * one that they see and may not do this to answers 403.
 */
export const withinReach = (projects: Projects, organization: ActorOrganization, scope: Scope): Projects => {
  const check = (project: Project | undefined): Project | undefined => {
    const scopes = project?.organizationId === organization.id ? organization.scopesOn(project.id) : []
    if (scopes.length === 0) return undefined
    if (!scopes.includes(scope)) throw lacks(scope)
    return project
  }
  return {
    projects: async (organizationId) =>
      (await projects.projects(organizationId)).filter(({ id }) => organization.scopesOn(id).includes(scope)),
    project: async (organizationId, slug) => check(await projects.project(organizationId, slug)),
    projectById: async (id) => check(await projects.projectById(id)),
  }
}
