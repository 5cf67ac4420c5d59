import type { AlertMessage, MessageIssue } from '../alerts/message.ts'
import type { Outcome } from '../alerts/outcome.ts'

/** What waits to be told on one channel. */
export interface WaitingNotification {
  id: number
  key: string
  /** Whether it may be told together with others. */
  isCollected: boolean
  attempts: number
  message: Omit<AlertMessage, 'issue' | 'link'> & {
    org: string
    issue: (Omit<MessageIssue, 'link' | 'suspectCommit'> & { id: number }) | null
  }
}

export type DeliveryStatus = 'waiting' | 'sent' | 'dead' | 'cancelled'

export interface Delivery {
  id: number
  key: string
  alertId: number
  status: DeliveryStatus
  attempts: number
  /** What the receiver said last. */
  answer: string
  dueAt: number
  endedAt: number | null
}

/** What is to be told, written where its cause is written; it survives everything that its cause survives. */
export interface Outbox {
  /** Channels for which something is due, that are not paused, and that no other process is telling. */
  ready(now: number): Promise<number[]>
  /** The oldest that are due on a channel. */
  due(channelId: number, now: number, limit: number): Promise<WaitingNotification[]>
  /** Notes what became of an attempt; a failure pauses the channel, and what failed too often is given up. */
  note(channelId: number, ids: readonly number[], outcome: Outcome): Promise<void>
  /** Newest first. */
  deliveries(channelId: number, limit: number): Promise<Delivery[]>
  /** Tells again what was given up, under the same key; false when there is no such delivery. */
  replay(channelId: number, id: number): Promise<boolean>
}
