import type { Evidence, Firing } from '../alerts/firing.ts'
import type { StoredAlertRule } from '../alerts/rule.ts'

/** That a rule came true. */
export interface Alert {
  id: number
  ruleId: number
  /** As it is called now; null when it was deleted. */
  ruleName: string | null
  /** The event that showed it; null when it is about the project or the service. */
  event: { issueId: number; eventId: string } | null
  /** In words. */
  why: string
  evidence: Evidence
  /** Milliseconds since 1970: when the event happened that showed it, and when that was noticed. */
  happenedAt: number
  firedAt: number
  acknowledgedAt: number | null
  acknowledgedBy: string | null
  resolvedAt: number | null
}

export interface AlertStore {
  /** Newest first. */
  list(projectId: number, page: { limit: number; before?: number | undefined }): Promise<Alert[]>
  /** Nobody else is told of it; who keeps incidents hears that somebody cares. False when there is none, or it was. */
  acknowledge(projectId: number, id: number, by: string): Promise<boolean>
  /** It is over; who keeps incidents hears that. False when there is none, or it was. */
  resolve(projectId: number, id: number): Promise<boolean>
  /** Fires a rule that a clock looks after, once for each occurrence. */
  fire(rule: StoredAlertRule, firing: Firing): Promise<void>
  /** Deletes some of what no window reaches any more, and of what was told long ago; false when there was nothing. */
  forget(): Promise<boolean>
}
