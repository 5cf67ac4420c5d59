import type { Facts } from './condition.ts'

/** An event that has been stored, as alerts see it. */
export interface Occasion extends Facts {
  issueId: number
  eventId: string
  /** Milliseconds since 1970. */
  happenedAt: number
  receivedAt: number
  /** How often it happened. */
  times: number
  change: 'new' | 'seen' | 'regressed' | 'returned'
  /** Whom it happened to, as the issue counts people. */
  user?: string | undefined
}
