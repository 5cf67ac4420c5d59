import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { bySession, byToken, type Actor, type ActorOrganization } from '../accounts/actor.ts'
import { reachesIntoProjects, type Scope } from '../accounts/scopes.ts'
import type { AccountStore } from '../ports/accounts.ts'
import type { Project } from '../ports/projects.ts'
import type { ApiEnv } from './api-env.ts'
import { lacks, withinReach, type Projects } from './reach.ts'

export const SESSION_COOKIE = 'foghorn_session'

export interface IdentifyDeps {
  accounts: AccountStore
  projects: Projects
  now: () => number
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A cookie comes along whoever made the browser send the request; only our own pages may use it to change things. */
const isForged = (request: Request): boolean => {
  if (SAFE_METHODS.has(request.method)) return false
  const origin = request.headers.get('origin')
  return origin === null || !URL.canParse(origin) || new URL(origin).host !== request.headers.get('host')
}

const identifyBearer = async (header: string, { accounts, now }: IdentifyDeps): Promise<Actor> => {
  const token = /^Bearer\s+(\S{1,300})$/i.exec(header)?.[1]
  const actor = token && (await byToken(accounts, token, now()))
  if (!actor) throw new HTTPException(401, { message: 'Invalid token' })
  return actor
}

/** Finds out who asks: a bearer token, else the session cookie, else nobody. */
export const identify = (deps: IdentifyDeps) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const header = c.req.header('authorization')
    const session = getCookie(c, SESSION_COOKIE)
    c.set('allProjects', deps.projects)
    if (header !== undefined) c.set('actor', await identifyBearer(header, deps))
    else if (session !== undefined && !isForged(c.req.raw))
      c.set('actor', await bySession(deps.accounts, session, deps.now()))
    await next()
  })

const NOT_FOUND = 'The requested resource does not exist'

const findOrganization = (actor: Actor, slug: string): ActorOrganization => {
  const organization = actor.organizations.find((one) => one.slug === slug || String(one.id) === slug)
  // Whether somebody else's organization exists is nobody's business.
  if (!organization) throw new HTTPException(404, { message: NOT_FOUND })
  return organization
}

const findProject = async (projects: Projects, organizationId: number, slug: string): Promise<Project> => {
  const project = /^\d+$/.test(slug)
    ? await projects.projectById(Number(slug))
    : await projects.project(organizationId, slug)
  if (!project) throw new HTTPException(404, { message: NOT_FOUND })
  return project
}

const isAllowed = ({ scopes, anywhere }: ActorOrganization, scope: Scope): boolean =>
  scopes.includes(scope) || (reachesIntoProjects(scope) && anywhere(scope))

/**
 * Lets through who may do this in the path's organization, and leaves that organization, its projects within reach and the
 * path's project for the handler.
 */
export const authorize = (scope: Scope) =>
  Object.assign(
    createMiddleware<ApiEnv>(async (c, next) => {
      const { actor, allProjects } = c.var
      if (!actor) throw new HTTPException(401, { message: 'Authentication credentials were not provided.' })
      const { org, project } = c.req.param() as { org?: string; project?: string }
      if (org !== undefined) {
        const organization = findOrganization(actor, org)
        const projects = withinReach(allProjects, organization, scope)
        c.set('organization', organization)
        c.set('projects', projects)
        if (project !== undefined) c.set('project', await findProject(projects, organization.id, project))
        else if (!isAllowed(organization, scope)) throw lacks(scope)
      }
      await next()
    }),
    // For the description of the API.
    { scope },
  )
