import type { Notice } from '../alerts/message.ts'
import type { EventPart } from './event-parts.ts'
import type { Added, ExtensionEvent, OwnTicketSystem, Settings } from './extension.ts'

/** What a host is started with. */
export interface HostData {
  /** Address of the module. */
  module: string
  /** Networks that are not public and may be posted to. */
  networks: readonly string[]
}

/** What an extension has, by name. */
export interface Description {
  name: string
  notifiers: string[]
  ticketSystems: string[]
  enrichers: string[]
  maskers: string[]
}

/** What a host is asked. */
export type HostRequest =
  | { call: 'check'; notifier: string; settings: Settings }
  | { call: 'notify'; notifier: string; notice: Notice; settings: Settings }
  | { call: 'ticket'; system: string; method: keyof OwnTicketSystem; settings: Settings; args: readonly unknown[] }
  | { call: 'extend'; event: ExtensionEvent }
  | { call: 'mask'; texts: Record<string, string> }

/** What became of an event. */
export interface Extended {
  part: EventPart
  added: Added
  /** Enrichers that failed, with their reasons. */
  failures: string[]
}

export type HostMessage =
  | { type: 'ready'; description: Description }
  | { type: 'unfit'; reason: string }
  | { type: 'done'; id: number; value: unknown }
  | { type: 'failed'; id: number; reason: string }
