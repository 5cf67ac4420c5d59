import { keepSending } from '../alerts/keep-sending.ts'
import { createClerk, type ClerkDeps } from './clerk.ts'
import { createOpenSystem, type OpenSystem, type OpenSystemDeps } from './open-system.ts'

export interface Ticketing {
  openSystem: OpenSystem
  /** Does what is due, again and again; gives what stops it. */
  start(onFailure: (error: unknown) => void): () => Promise<void>
}

/** How tickets are kept elsewhere; nothing is asked there before it is started. */
export const createTicketing = (deps: Omit<ClerkDeps, 'openSystem'> & OpenSystemDeps): Ticketing => {
  const openSystem = createOpenSystem(deps)
  return { openSystem, start: (onFailure) => keepSending(createClerk({ ...deps, openSystem }), onFailure) }
}
