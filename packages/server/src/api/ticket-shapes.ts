import type { TicketState } from '../ports/tickets.ts'
import type { Reactions } from '../tickets/reactions.ts'

/** A connected ticket system; what is secret of it is never shown again. */
export interface TicketSystemJson {
  id: string
  kind: string
  name: string
  summary: string
  reactions: Reactions
  /** How often in a row it has failed, with what, and until when it is left alone for that. */
  failures: number
  problem: string
  pausedUntil: string | null
  /** Where the system's own webhook has to send what changes, and when it last did. */
  hook: { url: string; dateHeard: string | null }
  dateCreated: string
}

/** A system that was just connected; the secret of its webhook is shown this once. */
export interface NewTicketSystemJson extends TicketSystemJson {
  secret: string | null
}

/** An issue's ticket. */
export interface TicketJson {
  id: string
  system: { id: string; name: string; kind: string }
  /** Null until it is made. */
  key: string | null
  url: string | null
  title: string
  state: TicketState
  /** What went wrong last. */
  problem: string | null
  dateCreated: string
}
