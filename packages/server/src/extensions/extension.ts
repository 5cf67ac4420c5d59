// What an operator may add to the service: the types that an extension is written against.
import type { AlertMessage, Notice } from '../alerts/message.ts'
import type { Outcome } from '../alerts/outcome.ts'
import type { Asked } from '../outbound/ask-guarded.ts'
import type { Answer, RemoteTicket, TicketComment, TicketDraft, TicketSystem } from '../tickets/ticket-system.ts'
import type { EventPart } from './event-parts.ts'

export type { AlertMessage, Answer, Asked, EventPart, Notice, Outcome, RemoteTicket, TicketComment, TicketDraft }

/** What a channel was given besides the extension's name; strings of it are kept sealed. */
export type Settings = Readonly<Record<string, string | number | boolean>>

export interface Tools {
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal
  /** Asks public addresses and those of FOGHORN_ALERT_NETWORKS alone; follows no redirect. */
  ask(
    url: string | URL,
    question: { method?: 'GET' | 'POST' | 'PUT' | 'PATCH'; headers?: Readonly<Record<string, string>>; body?: string },
  ): Promise<Asked>
  /** The same for what is only told: what HTTP says is the outcome. */
  post(url: string | URL, request: { headers?: Readonly<Record<string, string>>; body: string }): Promise<Outcome>
}

/** What of a ticket system an extension does. The service asks for the state of tickets now and then: nothing has to call back. */
export type OwnTicketSystem = Pick<TicketSystem, 'check' | 'find' | 'create' | 'read' | 'comment' | 'setClosed'>

/** Where tickets are kept, over the settings that it was connected with. */
export type OpenTicketSystem = (settings: Settings, tools: Tools) => OwnTicketSystem

/** A kind of channel of one's own. */
export interface Notifier {
  /** What is wrong with settings, in words; undefined when nothing is. */
  check?(settings: Settings): string | undefined
  /**
   * Tells one notice. It may come again under the same `key`: after a throw, a time-out, or an outcome that failed. Nothing
   * given back means that it was sent.
   */
  notify(notice: Notice, settings: Settings, tools: Tools): Promise<Outcome | void>
}

/** An event as extensions see it: scrubbed, before it is symbolicated. */
export interface ExtensionEvent extends EventPart {
  projectId: number
  eventId: string
  level: string
  environment: string
  release?: string | undefined
}

/** What is added to an event; it is scrubbed like the rest. */
export interface Added {
  tags?: Readonly<Record<string, string>>
  contexts?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** Adds to events what the page does not know. */
export interface Enricher {
  /** Nothing given back adds nothing. */
  enrich(event: ExtensionEvent, tools: Tools): Promise<Added | void> | Added | void
}

/** Masks what the service does not know to be secret. */
export interface Masker {
  /** Any text that a page could have written of an event, of feedback, or as a file of text; given back as it may be kept. */
  mask(text: string): string
}

/** The default export of a module that FOGHORN_EXTENSIONS names. */
export interface Extension {
  /** Lower-case letters, digits and `-`. */
  name: string
  notifiers?: Readonly<Record<string, Notifier>>
  ticketSystems?: Readonly<Record<string, OpenTicketSystem>>
  enrichers?: Readonly<Record<string, Enricher>>
  maskers?: Readonly<Record<string, Masker>>
}
