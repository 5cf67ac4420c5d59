import type { Generated } from 'kysely'

export interface ArtifactTables {
  artifact_bundle: {
    id: Generated<number>
    project_id: number
    checksum: string
    release: string
    dist: string
    size: number
    uploaded_at: number
  }
  artifact: {
    id: Generated<number>
    project_id: number
    kind: string
    debug_id: string
    url: string
    script_url: string
    file_name: string
    release: string
    dist: string
    hash: string
    script_hash: string
    size: number
    uploaded_at: number
    used_at: Generated<number>
    events: Generated<number>
  }
  artifact_in_bundle: { bundle_id: number; artifact_id: number }
  map_use: { artifact_id: number; event_id: number }
  map_index: { hash: string; status: string; reason: string }
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
  }
  release_project: { release_id: number; project_id: number }
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
