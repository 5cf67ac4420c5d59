import type { Generated } from 'kysely'

export interface TicketTables {
  ticket_system: {
    id: Generated<number>
    organization_id: number
    kind: string
    name: string
    summary: string
    secrets: string
    reactions: string
    created_at: number
    heard_at: Generated<number | null>
    failures: Generated<number>
    paused_until: Generated<number>
    problem: Generated<string>
    claimed_by: Generated<string | null>
    claimed_until: Generated<number>
  }
  ticket: {
    id: Generated<number>
    system_id: number
    project_id: number
    issue_id: number
    marker: string
    key: string | null
    url: Generated<string>
    title: Generated<string>
    state: string
    version: Generated<string | null>
    problem: Generated<string>
    created_by: string | null
    created_at: number
    changed_at: number
    tried_at: Generated<number | null>
    read_at: number | null
  }
  ticket_task: {
    id: Generated<number>
    system_id: number
    ticket_id: number
    alert_id: number | null
    action: string
    data: string
    due_at: number
    attempts: Generated<number>
  }
}
