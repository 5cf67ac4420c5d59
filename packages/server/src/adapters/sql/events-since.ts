import type { StoredEvent } from '../../stored-event.ts'
import type { MainDatabase } from './main-database.ts'
import { readEvents } from './event-rows.ts'

const PAGE = 200

/** A project's newest events that came since a time, at most so many, the newest first, in pages: all at once would fill the memory. */
export async function* eventsSince(
  db: MainDatabase,
  projectId: number,
  { from, limit }: { from: number; limit: number },
): AsyncGenerator<StoredEvent[]> {
  let below = Number.MAX_SAFE_INTEGER
  for (let read = 0; read < limit; read += PAGE) {
    const rows = await db
      .selectFrom('event')
      .selectAll()
      .where('project_id', '=', projectId)
      .where('received_at', '>=', from)
      .where('id', '<', below)
      .orderBy('id', 'desc')
      .limit(Math.min(PAGE, limit - read))
      .execute()
    if (rows.length === 0) return
    yield readEvents(db, rows)
    below = rows.at(-1)!.id
  }
}
