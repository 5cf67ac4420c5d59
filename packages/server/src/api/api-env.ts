import type { HttpBindings } from '@hono/node-server'
import type { Actor, ActorOrganization } from '../accounts/actor.ts'
import type { Project, ProjectStore } from '../ports/projects.ts'

/** What the middlewares of the API leave for its handlers. */
export interface ApiEnv {
  Bindings: HttpBindings
  Variables: {
    actor: Actor | undefined
    projects: ProjectStore
    /** Set by authorize() for paths with an organization. */
    organization: ActorOrganization
    /** Set by authorize() for paths with a project. */
    project: Project
  }
}
