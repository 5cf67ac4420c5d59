import type { Differences } from '../sql/differences.ts'

/** Longer than anything takes that is done between two claims. */
const CLAIMED_MS = 30_000

/** Claims are rows with a name and a time, not locks: what they are about is done outside of transactions. */
export const claimAs =
  (process: string): Differences['claim'] =>
  async (db, work, { ids, now }) => {
    if (ids.length === 0) return []
    // Rows that another process is claiming right now are its.
    const free = db
      .selectFrom(work)
      .select('id')
      .where('id', 'in', ids)
      .where((eb) => eb.or([eb('claimed_by', '=', process), eb('claimed_until', '<=', now)]))
      .orderBy('id')
      .forUpdate()
      .skipLocked()
    const rows = await db
      .updateTable(work)
      .set({ claimed_by: process, claimed_until: now + CLAIMED_MS })
      .where('id', 'in', free)
      .returning('id')
      .execute()
    return rows.map(({ id }) => id)
  }
