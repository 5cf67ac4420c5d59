import type { Generated } from 'kysely'

export interface FeedbackTables {
  feedback: {
    id: Generated<number>
    project_id: number
    feedback_id: string
    event_id: string | null
    status: string
    name: string
    email: string
    message: string
    url: string
    source: string
    release: string | null
    environment: string
    happened_at: number
    received_at: number
  }
  attachment: {
    id: Generated<number>
    project_id: number
    event_id: string
    attachment_id: string
    name: string
    content_type: string
    size: number
    received_at: number
    bytes: Uint8Array
  }
}
