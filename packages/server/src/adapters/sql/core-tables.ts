import type { Generated } from 'kysely'
import type { IssueLifeColumns } from './issue-life-tables.ts'

export interface CoreTables {
  organization: {
    id: Generated<number>
    slug: string
    name: string
    created_at: number
    /** 1 where members see all projects. */
    open_membership: Generated<number>
  }
  project: {
    id: Generated<number>
    organization_id: number
    slug: string
    name: string
    platform: string
    last_issue_number: Generated<number>
    created_at: number
    grouping_version: Generated<number>
    former_grouping_version: number | null
    former_grouping_until: number | null
  }
  project_key: {
    id: Generated<number>
    project_id: number
    public_key: string
    name: string
    active: number
    created_at: number
  }
  account: { id: Generated<number>; email: string; name: string; password_hash: string | null; created_at: number }
  membership: { account_id: number; organization_id: number; role: string }
  session: { secret_hash: string; account_id: number; expires_at: number }
  api_token: {
    id: Generated<number>
    secret_hash: string
    organization_id: number
    name: string
    scopes: string
    created_at: number
    last_used_at: number | null
    expires_at: number | null
    ending: string
  }
  one_time_link: { secret_hash: string; purpose: string; account_id: number | null; expires_at: number }
  setting: { name: string; value: string }
  issue: IssueLifeColumns & {
    id: Generated<number>
    project_id: number
    number: number
    status: string
    kind: string
    title: string
    culprit: string
    level: string
    metadata: string
    event_count: number
    user_count: number
    first_seen: number
    last_seen: number
    first_release: string | null
    last_release: string | null
    merged_into: number | null
    thinned_count: Generated<number>
    /** What it is found by, in small letters. */
    search_text: Generated<string>
    /** The number of the change that listeners should be told of. */
    changed_in: Generated<number>
    /** The number of the change with which it appeared. */
    appeared_in: Generated<number>
  }
  issue_hash: {
    project_id: number
    hash: string
    variant: string
    grouping_version: number
    issue_id: number
    taught: Generated<number>
    /** JSON: what was hashed. */
    parts: string
    /** For a key of frames: the hash of the message that came with it. */
    words: string
    /** How often events of it happened that retention has deleted. */
    thinned_count: Generated<number>
  }
  issue_user: { issue_id: number; user_key: string; event_count: number }
  issue_tag: { issue_id: number; key: string; value: string; event_count: number }
  event: {
    id: Generated<number>
    project_id: number
    event_id: string
    issue_id: number
    happened_at: number
    received_at: number
    title: string
    payload: Uint8Array
    digest: string
    group_hash: string
    times: number
    size: number
  }
  /** Of each stored event. */
  event_key: { project_id: number; event_id: string; received_at: number }
  outcome: { project_id: number; hour: number; category: string; outcome: string; reason: string; quantity: number }
  counted_report: { project_id: number; report_id: string; counted_at: number }
}
