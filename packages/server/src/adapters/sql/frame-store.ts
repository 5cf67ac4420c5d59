import type { FrameStore } from '../../ports/frames.ts'
import type { MainDatabase } from './main-database.ts'
import { frameIdsOf, noteShown } from './digests.ts'

// Some milliseconds for one step, as for the other work between batches.
const EVENTS_PER_STEP = 200
const FRAMES_PER_STEP = 500

const markShown = (db: MainDatabase, from: number, day: number): Promise<number | undefined> =>
  db.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom('event')
      .select(['id', 'digest'])
      .where('id', '>', from)
      .orderBy('id')
      .limit(EVENTS_PER_STEP)
      .execute()
    await noteShown(transaction, new Set(rows.flatMap(({ digest }) => frameIdsOf(digest))), day)
    return rows.length < EVENTS_PER_STEP ? undefined : rows.at(-1)!.id
  })

/** Whatever was stored since the walk over the events began has noted this day, or a later one, on its frames. */
const deleteUnshown = (db: MainDatabase, from: number, day: number): Promise<number | undefined> =>
  db.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom('frame')
      .select(['id', 'used_on'])
      .where('id', '>', from)
      .orderBy('id')
      .limit(FRAMES_PER_STEP)
      .execute()
    const unshown = rows.filter((row) => row.used_on < day).map(({ id }) => id)
    if (unshown.length > 0) await transaction.deleteFrom('frame').where('id', 'in', unshown).execute()
    return rows.length < FRAMES_PER_STEP ? undefined : rows.at(-1)!.id
  })

export const sqlFrameStore = (db: MainDatabase): FrameStore => ({
  markShown: (from, day) => markShown(db, from, day),
  deleteUnshown: (from, day) => deleteUnshown(db, from, day),
})
