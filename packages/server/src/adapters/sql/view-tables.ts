import type { Generated } from 'kysely'

export interface ViewTables {
  saved_view: {
    id: Generated<number>
    organization_id: number
    account_id: number
    project_id: number | null
    is_shared: number
    name: string
    search: string
  }
  source_link: { project_id: number; repository: string; editor: string }
}
