import type { Generated } from 'kysely'

export interface ReleaseTables {
  release: {
    id: Generated<number>
    organization_id: number
    version: string
    status: string
    ref: string | null
    url: string | null
    created_at: number
    started_at: number | null
    released_at: number | null
    last_commit_id: string | null
    commit_count: Generated<number>
  }
  release_project: {
    release_id: number
    project_id: number
    /** When the project's first and newest events of it happened; null while there are none. */
    first_event_at: number | null
    last_event_at: number | null
    /** Issues that appeared with it. */
    new_issues: Generated<number>
  }
  release_commit: {
    release_id: number
    position: number
    commit_id: string
    repository: string | null
    author_name: string | null
    author_email: string | null
    message: string | null
    committed_at: number | null
    patch_set: string
  }
  repository: { id: Generated<number>; organization_id: number; name: string; url: string | null; created_at: number }
  deploy: {
    id: Generated<number>
    release_id: number
    environment: string
    name: string | null
    url: string | null
    started_at: number | null
    finished_at: number | null
  }
}
