import type { Transaction } from 'kysely'
import type { RegroupJob } from '../../ports/regrouping.ts'
import { noteActivity } from './issue-activity.ts'
import { forgetHashes, hashesOf, moveHashes } from './issue-hashes.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

/** Tells both issues' feeds that a pass has moved events. Nothing has happened to anybody: it is no one's act. */
const noteRegrouped = (
  db: Write,
  { projectId, cause }: RegroupJob,
  { from, to, now: at }: { from: number; to: number; now: number },
): Promise<void> =>
  noteActivity(db, [
    { projectId, issueId: from, type: 'regrouped', at, data: { cause, to: { id: String(to) } } },
    { projectId, issueId: to, type: 'regrouped', at, data: { cause, from: { id: String(from) } } },
  ])

/** Notes once for each pass that it has moved events from one issue to another. */
export const noteTransfers = async (
  db: Write,
  job: RegroupJob,
  { moves, now }: { moves: readonly { from: number; to: number }[]; now: number },
): Promise<void> => {
  const pairs = new Map(moves.map(({ from, to }) => [`${from} ${to}`, { from, to }]))
  for (const { from, to } of pairs.values()) {
    const known = await db
      .selectFrom('issue_transfer')
      .select('id')
      .where('from_issue_id', '=', from)
      .where('to_issue_id', '=', to)
      .where('cause', '=', job.cause)
      .where('happened_at', '>=', job.requestedAt)
      .executeTakeFirst()
    if (known) continue
    await noteRegrouped(db, job, { from, to, now })
    await db
      .insertInto('issue_transfer')
      .values({
        project_id: job.projectId,
        from_issue_id: from,
        to_issue_id: to,
        cause: job.cause,
        hashes: '[]',
        happened_at: now,
        undone_at: null,
      })
      .execute()
  }
}

const isEmptied = async (db: Write, issueId: number): Promise<boolean> => {
  const { event_count: count } = await db
    .selectFrom('issue')
    .select('event_count')
    .where('id', '=', issueId)
    .executeTakeFirstOrThrow()
  return count === 0
}

const targetsOf = async (db: Write, job: RegroupJob, issueId: number): Promise<number[]> => {
  const rows = await db
    .selectFrom('issue_transfer')
    .select('to_issue_id')
    .where('from_issue_id', '=', issueId)
    .where('cause', '=', job.cause)
    .where('happened_at', '>=', job.requestedAt)
    .orderBy('id', 'desc')
    .execute()
  return [...new Set(rows.map((row) => row.to_issue_id))]
}

/**
 * What maps have told apart or brought together stays so: words follow the frames. Words that turned out to belong to
 * several issues lead nowhere any more. All else may be taken back, so its keys stay where they are.
 */
const handWordsOver = async (
  db: Write,
  job: RegroupJob,
  { issueId, targets }: { issueId: number; targets: readonly number[] },
): Promise<void> => {
  if (job.cause !== 'artifacts-arrived') return
  const words = await hashesOf(db, issueId, 'message')
  if (targets.length === 1) await moveHashes(db, words, { projectId: job.projectId, to: targets[0]!, taught: false })
  else await forgetHashes(db, job.projectId, words)
}

/** Closes issues that a pass has left without events: they lead to where their events went. One that gets events again is open. */
export const closeEmptied = async (
  db: Write,
  job: RegroupJob,
  { issueIds }: { issueIds: Iterable<number> },
): Promise<void> => {
  for (const issueId of issueIds) {
    if (!(await isEmptied(db, issueId))) continue
    const targets = await targetsOf(db, job, issueId)
    if (targets.length === 0) continue
    await handWordsOver(db, job, { issueId, targets })
    await db.updateTable('issue').set({ merged_into: targets[0]! }).where('id', '=', issueId).execute()
  }
}
