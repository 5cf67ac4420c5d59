import type { HttpBindings } from '@hono/node-server'
import type { Actor, ActorOrganization } from '../accounts/actor.ts'
import type { Project } from '../ports/projects.ts'
import type { Projects } from './reach.ts'

/** What the middlewares of the API leave for its handlers. */
export interface ApiEnv {
  Bindings: HttpBindings
  Variables: {
    actor: Actor | undefined
    /** For authorize() alone. */
    allProjects: Projects
    /** Set by authorize(): those of the path's organization that the asker may see, and may do this to. */
    projects: Projects
    /** Set by authorize() for paths with an organization. */
    organization: ActorOrganization
    /** Set by authorize() for paths with a project. */
    project: Project
  }
}
