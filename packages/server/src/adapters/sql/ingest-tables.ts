import type { Generated } from 'kysely'

export interface IngestTables {
  client_session: {
    project_id: number
    session_id: string
    started_at: number
    release: string
    environment: string
    user_key: string | null
    severity: number
    counted_severity: Generated<number | null>
    counted_at: Generated<number | null>
  }
  session_count: {
    project_id: number
    hour: number
    release: string
    environment: string
    severity: number
    quantity: number
  }
  measurement: {
    project_id: number
    name: string
    hour: number
    page: string
    release: string
    environment: string
    browser: string
    device: string
    bucket: number
    quantity: number
  }
  vital_target: {
    project_id: number
    name: string
    hour: number
    page: string
    target: string
    bucket: number
    quantity: number
  }
  ingest_settings: { project_id: number; settings: string }
  digested_item: { inbox: string; item_id: number; reader: string; noted_at: number }
}
