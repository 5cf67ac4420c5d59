import type { Selectable } from 'kysely'
import type { StoredEvent } from '../../stored-event.ts'
import type { MainDatabase } from './main-database.ts'
import { readDigests } from './digests.ts'
import { unpack } from './payload.ts'
import type { Tables } from './tables.ts'

export type EventRow = Selectable<Tables['event']>

/** Whole events from their rows, in the same order. */
export const readEvents = async (db: MainDatabase, rows: readonly EventRow[]): Promise<StoredEvent[]> => {
  const digests = await readDigests(
    db,
    rows.map((row) => row.digest),
  )
  return rows.map((row, index) => ({
    id: row.id,
    projectId: row.project_id,
    eventId: row.event_id,
    issueId: row.issue_id,
    happenedAt: Number(row.happened_at),
    receivedAt: Number(row.received_at),
    times: row.times,
    ...unpack(row.payload),
    ...digests[index]!,
  }))
}
