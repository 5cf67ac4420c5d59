import type { LogIn } from './accounts/log-in.ts'
import type { SignOn } from './accounts/sign-on.ts'
import type { ChannelDeps } from './api/channels.ts'
import type { IngestDeps } from './api/ingest.ts'
import type { RetentionDeps } from './api/retention.ts'
import type { TicketSystemDeps } from './api/ticket-systems.ts'
import type { Live } from './live/live.ts'
import type { HealthDeps } from './metrics/routes.ts'
import type { Asset } from './pages/assets.ts'
import type { DeadLetters } from './ports/dead-letters.ts'
import type { Inbox } from './ports/inbox.ts'
import type { Stores } from './stores.ts'

/** What is about the stores as such, and what only the other roles work with. */
type OfOtherRoles = 'frames' | 'mapUse' | 'ticketWork' | 'settings' | 'isAnswering' | 'check' | 'close'

/** What the API and the pages are handed. */
export interface WebDeps extends Omit<Stores, OfOtherRoles> {
  deliver: ChannelDeps['deliver']
  extensions: ChannelDeps['extensions']
  openSystem: TicketSystemDeps['openSystem']
  live: Live
  inbox: Inbox
  deadLetters: DeadLetters
  limits: RetentionDeps['limits']
  logIn: LogIn
  /** Absent where the operator has set up none. */
  signOn: SignOn | undefined
  dashboard: ReadonlyMap<string, Asset>
  docs: ReadonlyMap<string, Asset>
  sdk: ReadonlyMap<string, Asset>
  widget: ReadonlyMap<string, Asset>
  /** Origin under which browsers and people reach the service. */
  publicUrl: () => string
  now: () => number
  /** Told of failures that are ours, not the caller's. */
  onFailure: (error: unknown) => void
}

/** What the routes are handed: health for every process, the others for those that have the role. */
export interface AppParts {
  health: HealthDeps
  ingest?: IngestDeps | undefined
  web?: WebDeps | undefined
}
