import type { Reactions } from '../tickets/reactions.ts'
import type { TicketKind, TicketTarget } from '../tickets/target.ts'

/** A ticket system that an organization has connected, as it may be shown. */
export interface ConnectedSystem {
  id: number
  organizationId: number
  kind: TicketKind
  name: string
  /** Where it leads, without what is secret. */
  summary: string
  reactions: Reactions
  /** How often in a row it has failed, and with what. */
  failures: number
  problem: string
  /** Milliseconds since 1970: nothing is asked before. 0: now. */
  pausedUntil: number
  /** When it last said itself that a ticket has changed. */
  heardAt: number | null
  createdAt: number
}

export interface NewSystem {
  name: string
  target: TicketTarget
  reactions: Reactions
}

export interface TicketSystemStore {
  list(organizationId: number): Promise<ConnectedSystem[]>
  find(organizationId: number, id: number): Promise<ConnectedSystem | undefined>
  add(organizationId: number, system: NewSystem): Promise<ConnectedSystem>
  /** What waits is tried at once with what is new. */
  replace(organizationId: number, id: number, system: NewSystem): Promise<boolean>
  /** Its tickets are forgotten here; there they stay. */
  remove(organizationId: number, id: number): Promise<boolean>
  /** Where it leads, with its secrets; undefined when there is none, or the key that sealed them is gone. */
  target(id: number): Promise<TicketTarget | undefined>
}
