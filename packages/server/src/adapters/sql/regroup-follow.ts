import { sql, type Transaction } from 'kysely'
import type { RegroupJob } from '../../ports/regrouping.ts'
import type { EventRow } from './event-rows.ts'
import { moveFigures, moveRemainder } from './issue-figures.ts'
import { ownersOf } from './issue-hashes.ts'
import { unpack } from './payload.ts'
import { advance, readProgress } from './regroup-jobs.ts'
import type { Tables } from './tables.ts'
import { carryTurningPoints } from './turning-points.ts'

type Write = Transaction<Tables>

/** Events of a hash that are still in another issue than the one that has the hash now. */
const strayEvents = async (db: Write, job: RegroupJob, limit: number): Promise<(EventRow & { owner: number })[]> => {
  const { subject } = await readProgress(db, job.id)
  const owners = await ownersOf(db, job.projectId, 'hashes' in subject ? subject.hashes : [])
  for (const [hash, owner] of owners)
    // Two ranges of the index; one comparison for "not equal" would walk over all events of the hash.
    for (const side of ['<', '>'] as const) {
      const rows = await db
        .selectFrom('event')
        .selectAll()
        .where('project_id', '=', job.projectId)
        .where('group_hash', '=', hash)
        .where('issue_id', side, owner)
        .limit(limit)
        .execute()
      if (rows.length > 0) return rows.map((row) => ({ ...row, owner }))
    }
  return []
}

const moveRemainders = async (db: Write, job: RegroupJob): Promise<void> => {
  // Every event has tags: those of an issue without events are of events that were deleted.
  const hasTags = sql<boolean>`exists (select 1 from issue_tag where issue_tag.issue_id = issue.id)`
  const thinned = await db
    .selectFrom('issue')
    .select(['id', 'merged_into'])
    .where('project_id', '=', job.projectId)
    .where('merged_into', 'is not', null)
    // Events that are still there go with the pass of their own hashes.
    .whereRef('event_count', '=', 'thinned_count')
    .where(({ or, eb }) => or([eb('thinned_count', '>', 0), hasTags]))
    .execute()
  for (const { id, merged_into: target } of thinned) await moveRemainder(db, id, target!)
}

/** Moves some events to the issues that have their hashes now. */
export const follow = async (
  db: Write,
  job: RegroupJob,
  { limit, now }: { limit: number; now: number },
): Promise<void> => {
  const rows = await strayEvents(db, job, limit)
  for (const { id, owner } of rows)
    await db.updateTable('event').set({ issue_id: owner }).where('id', '=', id).execute()
  await carryTurningPoints(
    db,
    rows.map(({ id, owner }) => ({ row: id, to: owner })),
  )
  await moveFigures(
    db,
    rows.map((row) => ({
      from: row.issue_id,
      to: row.owner,
      times: row.times,
      happenedAt: Number(row.happened_at),
      payload: unpack(row.payload).payload,
    })),
  )
  if (rows.length === 0 && job.cause === 'merged') await moveRemainders(db, job)
  await advance(db, job, { checked: rows.length, changed: 0, moved: rows.length, isLast: rows.length === 0, now })
}
