import type { Extensions } from '../extensions/extensions.ts'
import type { RemoteDeps } from './remote.ts'
import { githubSystem } from './systems/github.ts'
import { gitlabSystem } from './systems/gitlab.ts'
import { jiraSystem } from './systems/jira.ts'
import { linearSystem } from './systems/linear.ts'
import { webhookSystem } from './systems/webhook.ts'
import type { TicketTarget } from './target.ts'
import type { TicketSystem } from './ticket-system.ts'

export interface OpenSystemDeps extends RemoteDeps {
  /** What the operator has added. */
  extensions: Pick<Extensions, 'ticketSystem'>
}

/** Opens a ticket system with its credentials. Nothing is asked yet. */
export type OpenSystem = (target: TicketTarget) => TicketSystem

export const createOpenSystem =
  (deps: OpenSystemDeps): OpenSystem =>
  (target) => {
    if (target.kind === 'extension') return deps.extensions.ticketSystem(target.system, target.settings)
    if (target.kind === 'github') return githubSystem(target, deps)
    if (target.kind === 'gitlab') return gitlabSystem(target, deps)
    if (target.kind === 'linear') return linearSystem(target, deps)
    return target.kind === 'webhook' ? webhookSystem(target, deps) : jiraSystem(target, deps)
  }
