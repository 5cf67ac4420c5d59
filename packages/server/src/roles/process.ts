import type { Closers } from '../closers.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import type { ProcessRole } from '../role-settings.ts'

/** What every role of a process is handed. */
export interface Process {
  config: Config
  log: Logger
  /** Takes what is to be closed in the end. */
  opened: Closers
  /** Told of failures that are ours. */
  onFailure: (error: unknown) => void
  /** Origin under which browsers and people reach the service; known once it listens. */
  publicUrl: () => string
  /** Whether this process has one of the roles. */
  does(...roles: ProcessRole[]): boolean
}
