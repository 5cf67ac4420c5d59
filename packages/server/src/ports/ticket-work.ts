import type { RemoteTicket } from '../tickets/ticket-system.ts'
import type { TicketState } from './tickets.ts'

/** What is to be done about a ticket. */
export interface TicketTask {
  id: number
  action: 'create' | 'comment' | 'close' | 'reopen'
  /** Why, as it was noted then. */
  data: { why?: string; event?: 'resolved' | 'back'; release?: string | null; note?: string | null }
  ticket: {
    id: number
    systemId: number
    issueId: number
    marker: string
    key: string | null
    state: TicketState
    /** When making it was first tried. */
    triedAt: number | null
  }
  /** Slug of the organization. */
  org: string
}

export interface TicketToRead {
  systemId: number
  key: string
  version: string | null
}

export type Undone = { status: 'failed' | 'refused'; answer: string; afterMs?: number }

/** What waits for ticket systems, written where its cause is written; it survives everything that its cause survives. */
export interface TicketWork {
  /** Systems for which something is due, that are not paused, and in which no other process works. */
  ready(now: number): Promise<number[]>
  /** The oldest task that is due. */
  next(systemId: number, now: number): Promise<TicketTask | undefined>
  /** Whether closing or opening is still what the issues of the ticket are about. */
  isStillRight(task: TicketTask): Promise<boolean>
  /** Notes that from now on the ticket may exist. */
  begin(ticketId: number): Promise<void>
  /** The ticket exists. */
  made(task: TicketTask, remote: RemoteTicket): Promise<void>
  /** It is no longer to be done. */
  drop(task: TicketTask): Promise<void>
  /** Nothing more is to be done; for closing and opening, that is how the ticket is now. */
  done(task: TicketTask): Promise<void>
  /** A failure pauses the system, and what failed too often is given up, as is what was refused. */
  undone(task: TicketTask, undone: Undone): Promise<void>
  postpone(task: TicketTask, until: number): Promise<void>
  /** Tickets that may have changed where they are kept. */
  toRead(systemId: number, now: number, limit: number): Promise<TicketToRead[]>
  /** How a ticket is now. What people did to it there is done to its issues, and told nobody who knows. */
  noteRead(ticket: TicketToRead, found: RemoteTicket | 'unchanged' | undefined): Promise<void>
  noteUnread(ticket: TicketToRead, undone: Undone): Promise<void>
}
