import { gunzipSync } from 'node:zlib'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { EventDigest, RawEvent } from '../../../stored-event.ts'
import { writeDigests } from '../digests.ts'
import { linkScripts } from '../event-scripts.ts'
import { pack } from '../payload.ts'
import type { Tables } from '../tables.ts'

interface Row {
  id: number
  project_id: number
  payload: Uint8Array
}

const BATCH = 200

const splitBatch = async (db: Transaction<Tables>, rows: readonly Row[]): Promise<void> => {
  const events = rows.map(({ id, project_id: projectId, payload }) => ({
    id,
    projectId,
    ...(JSON.parse(gunzipSync(payload).toString()) as RawEvent & EventDigest),
  }))
  const digests = await writeDigests(db, events)
  const payloads = events.map(pack)
  for (const [index, { id, grouping }] of events.entries())
    await sql`
      update event set payload = ${payloads[index]!}, digest = ${digests[index]!},
        group_hash = ${grouping.keys[0]?.hash ?? ''} where id = ${id}`.execute(db)
  await linkScripts(db, events)
}

/** Events of before 0005 hold what was made of them in the same blob as what came. */
export const splitEvents = async (db: Kysely<unknown>): Promise<void> => {
  for (;;) {
    const { rows } = await sql<Row>`
      select id, project_id, payload from event where digest = '' order by id limit ${BATCH}`.execute(db)
    if (rows.length === 0) return
    // A migration runs in one transaction, under types that know no tables.
    await splitBatch(db as unknown as Transaction<Tables>, rows)
  }
}
