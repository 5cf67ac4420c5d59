import type { Generated } from 'kysely'

export interface AlertTables {
  alert_rule: {
    id: Generated<number>
    project_id: number
    definition: string
    muted_until: number | null
    created_at: number
    counts_since: Generated<number | null>
  }
  alert_tally: { rule_id: number; subject: number; slot: number; events: number }
  alert_person: { rule_id: number; subject: number; slot: number; user_key: string }
  alert_grade: { rule_id: number; slot: number; grade: number; quantity: number }
  alert: {
    id: Generated<number>
    rule_id: number
    project_id: number
    /** The issue, or 0 for the project. */
    subject: number
    occurrence: string
    /** Empty, as the issue is 0, when no event shows it. */
    event_id: string
    issue_id: number
    evidence: string
    happened_at: number
    fired_at: number
    acknowledged_at: Generated<number | null>
    acknowledged_by: Generated<string | null>
    resolved_at: Generated<number | null>
  }
  channel: {
    id: Generated<number>
    organization_id: number
    kind: string
    name: string
    settings: string
    secrets: string
    created_at: number
    failures: Generated<number>
    paused_until: Generated<number>
    claimed_by: Generated<string | null>
    claimed_until: Generated<number>
  }
  notification: {
    id: Generated<number>
    channel_id: number
    alert_id: number
    idempotency_key: string
    collected: Generated<number>
    action: Generated<string>
    status: string
    due_at: number
    attempts: Generated<number>
    answer: Generated<string>
    ended_at: Generated<number | null>
  }
}
