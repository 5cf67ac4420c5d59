import type { Generated } from 'kysely'

/** What an issue's row holds of its life, beside its status. */
export interface IssueLifeColumns {
  substatus: string | null
  /** That of the newest event. */
  severity: Generated<string>
  /** JSON. */
  resolution: string | null
  /** JSON. */
  ignored_until: string | null
  /** When an ignored issue comes back by itself. */
  wake_at: number | null
  assigned_account: number | null
  assigned_team: number | null
  priority: Generated<number>
  /** 1 when a person has set it. */
  priority_locked: Generated<number>
  /** Events of late and as usual, both fading with time, as of `rated_at`. */
  recent_events: Generated<number>
  usual_events: Generated<number>
  rated_at: number | null
  /** When the priority is to be looked at again, because it counts events that may have stopped. */
  calm_at: number | null
  comment_count: Generated<number>
  /** When a person first assigned it, commented, or changed its status. */
  acknowledged_at: number | null
  resolved_at: number | null
  /** When it last came back. */
  reopened_at: number | null
}

export interface IssueLifeTables {
  issue_activity: {
    id: Generated<number>
    project_id: number
    issue_id: number
    type: string
    /** `user:1` or `token:name`; null for the service itself. */
    actor: string | null
    at: number
    release: string | null
    /** JSON. */
    data: string
  }
  issue_subscription: { issue_id: number; account_id: number; reason: string }
  project_ownership: { project_id: number; raw: string; codeowners: string; auto_assign: number; updated_at: number }
  hash_feature: { project_id: number; feature: string; hash: string }
  ignored_issue_user: { issue_id: number; user_key: string; seen_at: number }
}
