import type { Generated } from 'kysely'

export interface OperationTables {
  project_retention: { project_id: number; days: number | null; events: number | null; megabytes: number | null }
  removed_project: { project_id: number; removed_at: number }
  turning_point: { event_id: number; reason: string; issue_id: number }
  event_person: { project_id: number; person: string; event_id: number }
  erasure: {
    id: Generated<number>
    organization_id: number
    person_hash: string
    erased: string
    erased_at: number
  }
}
