import { gunzipSync, gzipSync } from 'node:zlib'
import type { StoredEvent, StoredPayload } from '../../stored-event.ts'

// Level 1 costs a tenth of the time of storing and divides the file by three.
export const pack = (payload: StoredPayload): Uint8Array => gzipSync(JSON.stringify(payload), { level: 1 })

const unpack = (bytes: Uint8Array): StoredPayload => JSON.parse(gunzipSync(bytes).toString())

export interface EventRow {
  id: number
  project_id: number
  event_id: string
  issue_id: number
  happened_at: number
  received_at: number
  payload: Uint8Array
}

export const toStoredEvent = (row: EventRow): StoredEvent => ({
  id: row.id,
  projectId: row.project_id,
  eventId: row.event_id,
  issueId: row.issue_id,
  happenedAt: row.happened_at,
  receivedAt: row.received_at,
  ...unpack(row.payload),
})
