import type { Generated } from 'kysely'

export interface GroupingTables {
  frame: {
    id: Generated<number>
    project_id: number
    hash: string
    body: string
    /** The last day, counted from 1970, on which an event was known to show it. */
    used_on: Generated<number>
  }
  script: {
    id: Generated<number>
    project_id: number
    hash: string
    url: string
    file_name: string
    debug_id: string
    release: string
  }
  event_script: { script_id: number; event_id: number }
  regroup_job: {
    id: Generated<number>
    project_id: number
    cause: string
    about: string
    subject: string
    below_event: number
    total: number
    checked: Generated<number>
    changed: Generated<number>
    moved: Generated<number>
    requested_at: number
    finished_at: number | null
    claimed_by: Generated<string | null>
    claimed_until: Generated<number>
  }
  grouping_rules: { project_id: number; rules: string }
  issue_transfer: {
    id: Generated<number>
    project_id: number
    from_issue_id: number
    to_issue_id: number
    cause: string
    hashes: string
    happened_at: number
    undone_at: number | null
  }
}
