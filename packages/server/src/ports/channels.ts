import type { Target, TargetKind } from '../alerts/target.ts'

/** Where people are told, as it may be shown. */
export interface Channel {
  id: number
  organizationId: number
  kind: TargetKind
  name: string
  /** Where it leads, without what is secret. */
  summary: string
  /** How often in a row it has failed. */
  failures: number
  /** Milliseconds since 1970: nothing is sent before. 0: now. */
  pausedUntil: number
  createdAt: number
}

export interface NewChannel {
  name: string
  target: Target
}

export interface ChannelStore {
  list(organizationId: number): Promise<Channel[]>
  find(organizationId: number, id: number): Promise<Channel | undefined>
  add(organizationId: number, channel: NewChannel): Promise<Channel>
  replace(organizationId: number, id: number, channel: NewChannel): Promise<boolean>
  /** What waits for it is forgotten. */
  remove(organizationId: number, id: number): Promise<boolean>
  /** Where it leads, with its secrets; undefined when the key that sealed them is gone. */
  target(id: number): Promise<Target | undefined>
  /** Takes an address off a channel of e-mail, for good. */
  unsubscribe(id: number, address: string): Promise<void>
}
