import type { Evidence } from '../alerts/evaluate.ts'
import type { AlertRule } from '../alerts/rule.ts'

export interface AlertRuleJson extends AlertRule {
  id: string
  mutedUntil: string | null
}

/** That a rule came true, and by what. */
export interface AlertJson {
  id: string
  rule: { id: string; name: string | null }
  issue: { id: string }
  event: { eventID: string }
  evidence: Evidence
  dateHappened: string
  dateFired: string
  dateAcknowledged: string | null
  acknowledgedBy: string | null
  dateResolved: string | null
}

/** Where people are told; what is secret of it is never shown again. */
export interface ChannelJson {
  id: string
  kind: string
  name: string
  summary: string
  /** How often in a row it has failed, and until when it is left alone for that. */
  failures: number
  pausedUntil: string | null
  dateCreated: string
}

/** A channel that was just made; a webhook's secret is shown this once. */
export interface NewChannelJson extends ChannelJson {
  secret?: string
}

export interface DeliveryJson {
  id: string
  /** What the receiver knows it by. */
  key: string
  alert: { id: string }
  status: 'waiting' | 'sent' | 'dead' | 'cancelled'
  attempts: number
  answer: string
  dateDue: string
  dateEnded: string | null
}

/** When a rule would have fired on stored events. */
export interface DryRunJson {
  events: number
  /** Whether there were more events than are looked at. */
  isCut: boolean
  alerts: { issue: { id: string }; event: { eventID: string }; evidence: Evidence; dateHappened: string }[]
}
