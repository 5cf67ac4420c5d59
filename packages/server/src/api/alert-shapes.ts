import type { Evidence } from '../alerts/firing.ts'
import type { AlertRule } from '../alerts/rule.ts'

export interface AlertRuleJson extends AlertRule {
  id: string
  mutedUntil: string | null
}

/** That a rule came true, and by what. */
export interface AlertJson {
  id: string
  rule: { id: string; name: string | null }
  /** Null, as is the event, when it is about the project or the service. */
  issue: { id: string } | null
  event: { eventID: string } | null
  /** Why it fired, in words; empty when the rule was deleted. */
  why: string
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

/** When a rule would have fired on what is stored. */
export interface DryRunJson {
  /** What was looked at: events, sessions or frames, or hours of what the error budget is measured by. */
  of: 'events' | 'sessions' | 'frames' | 'hours'
  count: number
  /** Whether there was more than is looked at. */
  isCut: boolean
  alerts: Pick<AlertJson, 'issue' | 'event' | 'why' | 'evidence' | 'dateHappened'>[]
}
