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
    /** When one of its maps turned out to be unreadable. */
    failed_at: number | null
  }
  artifact: {
    id: Generated<number>
    project_id: number
    kind: string
    debug_id: string
    url: string
    script_url: string
    file_name: string
    /** The same in every build of the script. */
    stable_name: string
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
  blob: { area: string; hash: string; stored_at: number }
  blob_part: { area: string; hash: string; part: number; content: Uint8Array }
}
