import type { RemoteTicket } from '../tickets/ticket-system.ts'

/** `wanted` is not made yet, `refused` will not be, `gone` was deleted where it was kept. */
export type TicketState = 'wanted' | 'open' | 'closed' | 'gone' | 'refused'

/** What an issue has in a ticket system. */
export interface Ticket {
  id: number
  system: { id: number; name: string; kind: string }
  issueId: number
  /** Null until it is made. */
  key: string | null
  url: string
  title: string
  state: TicketState
  /** What went wrong last; empty when nothing did. */
  problem: string
  /** Milliseconds since 1970. */
  createdAt: number
}

export interface TicketPlace {
  systemId: number
  issueId: number
  projectId: number
  /** As feeds name actors. */
  by: string
}

/** Tickets of issues: at most one for each issue and system. */
export interface TicketStore {
  /** Those of the issue and of what was merged into it. */
  list(issueId: number): Promise<Ticket[]>
  /** Has one made soon; false when there is one. */
  want(place: TicketPlace): Promise<boolean>
  /** Ties one to the issue that there is already; false when the issue has another in that system. */
  link(place: TicketPlace, remote: RemoteTicket): Promise<boolean>
  /** The ticket itself stays as it is. */
  unlink(issueId: number, ticketId: number, by: string): Promise<boolean>
  /** Has tickets read soon that may have changed; keys that nobody knows do nothing. */
  hear(systemId: number, keys: readonly string[]): Promise<void>
}
