import type { Transaction } from 'kysely'
import type { Grouping, GroupingKey } from '../../event.ts'
import { isSameStack } from '../../grouping/same-stack.ts'
import { learnFeatures } from './similar-issues.ts'
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

// Engines and paths give a fault a few keys of frames; beyond these nobody looks.
const KEYS_COMPARED = 50

/** The issue with the same words whose stack differs only by frames left out; undefined when several might be meant. */
const findSameStack = async (
  db: Write,
  projectId: number,
  { frames, words }: { frames: GroupingKey; words: GroupingKey },
): Promise<number | undefined> => {
  const rows = await db
    .selectFrom('issue_hash')
    .select(['parts', 'issue_id'])
    .where('project_id', '=', projectId)
    .where('words', '=', words.hash)
    .limit(KEYS_COMPARED)
    .execute()
  const same = rows.filter(({ parts }) => isSameStack(JSON.parse(parts), frames.parts))
  const [issueId, ...others] = new Set(same.map((row) => row.issue_id))
  return others.length === 0 ? issueId : undefined
}

/** The issue that the first key of an older algorithm leads to. */
const findFormer = async (db: Write, projectId: number, { keys }: Grouping): Promise<number | undefined> => {
  const firsts = new Map<number, GroupingKey>()
  for (const key of keys)
    if (key.formerVersion !== undefined && !firsts.has(key.formerVersion)) firsts.set(key.formerVersion, key)
  for (const { hash } of firsts.values()) {
    const row = await rowOf(db, projectId, hash)
    if (row) return row.issue_id
  }
  return undefined
}

/**
 * Frames decide: words that lead to an issue with other frames are a different fault, unless one stack is the other with
 * frames left out. An issue that is only known by its words has been waiting for maps.
 */
const findByWords = async (
  db: Write,
  projectId: number,
  keys: { frames: GroupingKey; words: GroupingKey },
): Promise<number | undefined> => {
  const owner = await rowOf(db, projectId, keys.words.hash)
  // Somebody has merged what has these words into the issue, whatever the frames.
  if (owner?.taught) return owner.issue_id
  const same = await findSameStack(db, projectId, keys)
  if (same !== undefined || !owner) return same
  return (await isKnownByFrames(db, owner.issue_id)) ? undefined : owner.issue_id
}

/** The issue that knows one of the keys: the first one, that of an older algorithm, or the words. */
export const findIssue = async (db: Write, projectId: number, grouping: Grouping): Promise<number | undefined> => {
  const [first] = grouping.keys
  const byFirst = first && (await rowOf(db, projectId, first.hash))
  if (byFirst) return byFirst.issue_id
  const former = await findFormer(db, projectId, grouping)
  if (former !== undefined) return former
  if (first?.variant !== 'frames') return undefined
  for (const words of grouping.keys.filter(({ variant }) => variant === 'message')) {
    const found = await findByWords(db, projectId, { frames: first, words })
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Ties the current keys to the issue; a key that leads elsewhere already is left there. Those of former versions are only
 * looked up: what appears now is told apart by the current one. What is known from before learns its new words.
 */
export const learnHashes = async (
  db: Write,
  { projectId, issueId, grouping }: { projectId: number; issueId: number; grouping: Grouping },
): Promise<void> => {
  const keys = grouping.keys.filter(({ formerVersion }) => formerVersion === undefined)
  const words = keys.find(({ variant }) => variant === 'message')?.hash ?? ''
  const rows = keys.map(({ hash, variant, parts }) => ({
    project_id: projectId,
    hash,
    variant,
    grouping_version: grouping.version,
    issue_id: issueId,
    parts: JSON.stringify(parts),
    words: variant === 'frames' ? words : '',
  }))
  const learned = await db
    .insertInto('issue_hash')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['project_id', 'hash'])
        .doUpdateSet((eb) => ({ words: eb.ref('excluded.words'), grouping_version: grouping.version }))
        .where('issue_hash.grouping_version', '<', grouping.version),
    )
    .returning('hash')
    .execute()
  await learnFeatures(
    db,
    projectId,
    keys.filter(({ hash }) => learned.some((row) => row.hash === hash)),
  )
}

/** The issue of each hash that has one. */
export const ownersOf = async (
  db: Write,
  projectId: number,
  hashes: readonly string[],
): Promise<Map<string, number>> => {
  const owners = new Map<string, number>()
  for (const hash of hashes) {
    const row = await rowOf(db, projectId, hash)
    if (row) owners.set(hash, row.issue_id)
  }
  return owners
}

/** The hashes that lead to an issue. */
export const hashesOf = async (db: Write, issueId: number, variant?: GroupingKey['variant']): Promise<string[]> => {
  const all = db.selectFrom('issue_hash').select('hash').where('issue_id', '=', issueId)
  const rows = await (variant === undefined ? all : all.where('variant', '=', variant)).execute()
  return rows.map(({ hash }) => hash)
}

export const forgetHashes = async (db: Write, projectId: number, hashes: readonly string[]): Promise<void> => {
  for (const hash of hashes)
    for (const table of ['issue_hash', 'hash_feature'] as const)
      await db.deleteFrom(table).where('project_id', '=', projectId).where('hash', '=', hash).execute()
}

/** Makes hashes lead to another issue. `taught` says that a person decided so. */
export const moveHashes = async (
  db: Write,
  hashes: readonly string[],
  { projectId, to, taught }: { projectId: number; to: number; taught: boolean },
): Promise<void> => {
  for (const hash of hashes)
    await db
      .updateTable('issue_hash')
      .set({ issue_id: to, ...(taught && { taught: 1 }) })
      .where('project_id', '=', projectId)
      .where('hash', '=', hash)
      .execute()
}
