import type { Transaction } from 'kysely'
import type { Grouping, GroupingKey } from '../../event.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const rowOf = (db: Write, projectId: number, hash: string) =>
  db
    .selectFrom('issue_hash')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('hash', '=', hash)
    .executeTakeFirst()

const isKnownByFrames = async (db: Write, issueId: number): Promise<boolean> => {
  const row = await db
    .selectFrom('issue_hash')
    .select('hash')
    .where('issue_id', '=', issueId)
    .where('variant', '=', 'frames')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

const keyOf = (grouping: Grouping, variant: GroupingKey['variant']): GroupingKey | undefined =>
  grouping.keys.find((key) => key.variant === variant)

/**
 * The issue that knows one of the keys. Frames decide when there are any: a message that leads to an issue with other
 * frames is a different fault with the same words. An issue that is only known by its message has been waiting for maps.
 */
export const findIssue = async (db: Write, projectId: number, grouping: Grouping): Promise<number | undefined> => {
  const [first] = grouping.keys
  const byFirst = first && (await rowOf(db, projectId, first.hash))
  if (byFirst) return byFirst.issue_id
  const message = first?.variant === 'frames' ? keyOf(grouping, 'message') : undefined
  const byMessage = message && (await rowOf(db, projectId, message.hash))
  if (!byMessage) return undefined
  return (await isKnownByFrames(db, byMessage.issue_id)) ? undefined : byMessage.issue_id
}

/** Ties all keys to the issue; a key that leads elsewhere already is left there. */
export const learnHashes = async (
  db: Write,
  { projectId, issueId, grouping }: { projectId: number; issueId: number; grouping: Grouping },
): Promise<void> => {
  const rows = grouping.keys.map(({ hash, variant }) => ({
    project_id: projectId,
    hash,
    variant,
    grouping_version: grouping.version,
    issue_id: issueId,
  }))
  await db
    .insertInto('issue_hash')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
