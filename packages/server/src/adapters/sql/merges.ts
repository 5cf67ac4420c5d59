import type { Selectable, Transaction } from 'kysely'
import type { IssueHash, Merges, Transfer } from '../../ports/merges.ts'
import type { RegroupCause } from '../../ports/regrouping.ts'
import type { MainDatabase } from './main-database.ts'
import { noteActivity } from './issue-activity.ts'
import { moveThinned } from './issue-figures.ts'
import { hashesOf, moveHashes } from './issue-hashes.ts'
import { addJob } from './regroup-jobs.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>
type TransferRow = Selectable<Tables['issue_transfer']>

interface Handover {
  projectId: number
  from: number
  to: number
  hashes: readonly string[]
  cause: RegroupCause
  now: number
}

/** Who decides, and when. */
interface Decision {
  by: string
  now: number
}

const toTransfer = (row: TransferRow): Transfer => ({
  id: row.id,
  fromIssueId: row.from_issue_id,
  toIssueId: row.to_issue_id,
  cause: row.cause as RegroupCause,
  hashes: JSON.parse(row.hashes),
  happenedAt: Number(row.happened_at),
  undoneAt: row.undone_at === null ? null : Number(row.undone_at),
})

/** Hashes change hands now; their events follow in a pass of their own. */
const handOver = async (db: Write, { projectId, from, to, hashes, cause, now }: Handover): Promise<void> => {
  await moveHashes(db, hashes, { projectId, to, taught: cause === 'merged' })
  await moveThinned(db, hashes, { projectId, from, to })
  await db
    .insertInto('issue_transfer')
    .values({
      project_id: projectId,
      from_issue_id: from,
      to_issue_id: to,
      cause,
      hashes: JSON.stringify(hashes),
      happened_at: now,
      undone_at: null,
    })
    .execute()
  await addJob(db, { projectId, cause, about: '', subject: { hashes: [...hashes] }, now })
}

const merge = async (
  db: Write,
  { projectId, target, sources }: { projectId: number; target: number; sources: readonly number[] },
  { by, now }: Decision,
): Promise<void> => {
  for (const source of sources) {
    const hashes = await hashesOf(db, source)
    await handOver(db, { projectId, from: source, to: target, hashes, cause: 'merged', now })
    await db.updateTable('issue').set({ merged_into: target }).where('id', '=', source).execute()
  }
  const data = { issues: sources.map((id) => ({ id: String(id) })) }
  await noteActivity(db, [{ projectId, issueId: target, type: 'merge', at: now, actor: by, data }])
}

/** Tells both issues' feeds that hashes have left one for the other. */
const noteUnmerge = (
  db: Write,
  { projectId, from, to, isUndone }: { projectId: number; from: number; to: number; isUndone: boolean },
  { by: actor, now: at }: Decision,
): Promise<void> => {
  const undone = isUndone && { undone: true }
  return noteActivity(db, [
    {
      projectId,
      issueId: from,
      type: 'unmerge_source',
      at,
      actor,
      data: { destination: { id: String(to) }, ...undone },
    },
    {
      projectId,
      issueId: to,
      type: 'unmerge_destination',
      at,
      actor,
      data: { source: { id: String(from) }, ...undone },
    },
  ])
}

/** A new issue with the looks of another; the events that come to it will give it their own. */
const createLike = async (db: Write, issueId: number): Promise<number> => {
  const { id: _id, ...row } = await db
    .selectFrom('issue')
    .selectAll()
    .where('id', '=', issueId)
    .executeTakeFirstOrThrow()
  const { last_issue_number: number } = await db
    .updateTable('project')
    .set((eb) => ({ last_issue_number: eb('last_issue_number', '+', 1) }))
    .where('id', '=', row.project_id)
    .returning('last_issue_number')
    .executeTakeFirstOrThrow()
  const { id } = await db
    .insertInto('issue')
    .values({ ...row, number, event_count: 0, thinned_count: 0, user_count: 0, comment_count: 0, merged_into: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const projectOf = async (db: Write, issueId: number): Promise<number> =>
  (await db.selectFrom('issue').select('project_id').where('id', '=', issueId).executeTakeFirstOrThrow()).project_id

const unmerge = async (
  db: Write,
  { issueId, hashes }: { issueId: number; hashes: readonly string[] },
  decision: Decision,
): Promise<number | undefined> => {
  const own = await hashesOf(db, issueId)
  const wanted = [...new Set(hashes)]
  if (wanted.length === 0 || wanted.length >= own.length || wanted.some((hash) => !own.includes(hash))) return undefined
  const to = await createLike(db, issueId)
  const projectId = await projectOf(db, issueId)
  await handOver(db, { projectId, from: issueId, to, hashes: wanted, cause: 'unmerged', now: decision.now })
  await noteUnmerge(db, { projectId, from: issueId, to, isUndone: false }, decision)
  return to
}

const findMerge = (db: Write, issueId: number, transferId: number): Promise<TransferRow | undefined> =>
  db
    .selectFrom('issue_transfer')
    .selectAll()
    .where('id', '=', transferId)
    .where('to_issue_id', '=', issueId)
    .where('cause', '=', 'merged')
    .where('undone_at', 'is', null)
    .executeTakeFirst()

/** Where a merge that is undone leads back to: the issue of before, or one in its place when retention has deleted that. */
const originOf = async (db: Write, { from_issue_id: id, to_issue_id: target }: TransferRow): Promise<number> => {
  const row = await db.selectFrom('issue').select('id').where('id', '=', id).executeTakeFirst()
  return row?.id ?? createLike(db, target)
}

const undo = async (
  db: Write,
  { issueId, transferId }: { issueId: number; transferId: number },
  decision: Decision,
): Promise<boolean> => {
  const row = await findMerge(db, issueId, transferId)
  if (!row) return false
  const own = new Set(await hashesOf(db, issueId))
  const hashes = toTransfer(row).hashes.filter((hash) => own.has(hash))
  const { project_id: projectId } = row
  const to = await originOf(db, row)
  await handOver(db, { projectId, from: issueId, to, hashes, cause: 'undone', now: decision.now })
  await noteUnmerge(db, { projectId, from: issueId, to, isUndone: true }, decision)
  await db.updateTable('issue_hash').set({ taught: 0 }).where('issue_id', '=', to).execute()
  await db.updateTable('issue').set({ merged_into: null }).where('id', '=', to).execute()
  await db.updateTable('issue_transfer').set({ undone_at: decision.now }).where('id', '=', transferId).execute()
  return true
}

const HASHES_SHOWN = 100

const describeHash = async (db: MainDatabase, row: Selectable<Tables['issue_hash']>): Promise<IssueHash> => {
  const events = db.selectFrom('event').where('project_id', '=', row.project_id).where('group_hash', '=', row.hash)
  const { total } = await events.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const newest = await events
    .select('event_id')
    .where('issue_id', '=', row.issue_id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    hash: row.hash,
    variant: row.variant,
    groupingVersion: row.grouping_version,
    eventCount: Number(total),
    latestEventId: newest?.event_id ?? null,
  }
}

const listTransfers = async (db: MainDatabase, issueId: number): Promise<Transfer[]> => {
  const rows = await db
    .selectFrom('issue_transfer')
    .selectAll()
    .where(({ or, eb }) => or([eb('from_issue_id', '=', issueId), eb('to_issue_id', '=', issueId)]))
    .orderBy('id', 'desc')
    .limit(HASHES_SHOWN)
    .execute()
  return rows.map(toTransfer)
}

export const sqlMerges = (db: MainDatabase, now: () => number): Merges => {
  const transact = <Result>(work: (transaction: Write) => Promise<Result>): Promise<Result> =>
    db.transaction().execute(work)
  return {
    hashes: async (issueId) => {
      const rows = await db
        .selectFrom('issue_hash')
        .selectAll()
        .where('issue_id', '=', issueId)
        .limit(HASHES_SHOWN)
        .execute()
      return Promise.all(rows.map((row) => describeHash(db, row)))
    },
    transfers: (issueId) => listTransfers(db, issueId),
    merge: (projectId, issues, by) =>
      transact((transaction) => merge(transaction, { projectId, ...issues }, { by, now: now() })),
    unmerge: (issueId, hashes, by) =>
      transact((transaction) => unmerge(transaction, { issueId, hashes }, { by, now: now() })),
    undo: (issueId, transferId, by) =>
      transact((transaction) => undo(transaction, { issueId, transferId }, { by, now: now() })),
  }
}
