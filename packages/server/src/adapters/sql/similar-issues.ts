import type { Transaction } from 'kysely'
import { featuresOf, type KnownBy } from '../../issues/features.ts'
import type { SimilarIssue, SimilarIssues } from '../../ports/similar-issues.ts'
import type { MainDatabase } from './main-database.ts'
import type { Tables } from './tables.ts'

/** Notes what other issues may have in common with those that a hash leads to. */
export const learnFeatures = async (
  db: Transaction<Tables>,
  projectId: number,
  hashes: readonly (KnownBy & { hash: string })[],
): Promise<void> => {
  const rows = hashes.flatMap((known) =>
    featuresOf(known).map((feature) => ({ project_id: projectId, feature, hash: known.hash })),
  )
  if (rows.length > 0)
    await db
      .insertInto('hash_feature')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

const HASHES = 20
const FEATURES = 60

const featuresOfIssue = async (db: MainDatabase, projectId: number, issueId: number): Promise<string[]> => {
  const hashes = await db
    .selectFrom('issue_hash')
    .select('hash')
    .where('issue_id', '=', issueId)
    .limit(HASHES)
    .execute()
  if (hashes.length === 0) return []
  const rows = await db
    .selectFrom('hash_feature')
    .select('feature')
    .distinct()
    .where('project_id', '=', projectId)
    .where(
      'hash',
      'in',
      hashes.map(({ hash }) => hash),
    )
    .limit(FEATURES)
    .execute()
  return rows.map(({ feature }) => feature)
}

// What more issues than these have in common tells nothing.
const COMMON = 200

/** Issues that have a feature too; undefined when it is too common. */
const issuesWith = async (db: MainDatabase, projectId: number, feature: string): Promise<number[] | undefined> => {
  const rows = await db
    .selectFrom('hash_feature')
    .innerJoin('issue_hash', (join) =>
      join
        .onRef('issue_hash.project_id', '=', 'hash_feature.project_id')
        .onRef('issue_hash.hash', '=', 'hash_feature.hash'),
    )
    .select('issue_hash.issue_id')
    .where('hash_feature.project_id', '=', projectId)
    .where('hash_feature.feature', '=', feature)
    .limit(COMMON + 1)
    .execute()
  return rows.length > COMMON ? undefined : [...new Set(rows.map((row) => row.issue_id))]
}

const SHOWN = 10
const LEAST_SCORE = 0.2

const best = (found: ReadonlyMap<number, { weight: number; shared: number }>, total: number): SimilarIssue[] =>
  [...found]
    .map(([issueId, { weight, shared }]) => ({ issueId, shared, score: Math.round((weight / total) * 100) / 100 }))
    .filter(({ score }) => score >= LEAST_SCORE)
    .toSorted((a, b) => b.score - a.score || a.issueId - b.issueId)
    .slice(0, SHOWN)

const similar = async (db: MainDatabase, projectId: number, issueId: number): Promise<SimilarIssue[]> => {
  const found = new Map<number, { weight: number; shared: number }>()
  let total = 0
  for (const feature of await featuresOfIssue(db, projectId, issueId)) {
    const others = await issuesWith(db, projectId, feature)
    if (!others) continue
    // The fewer have it, the more it says.
    const weight = 1 / Math.log2(1 + Math.max(1, others.length))
    total += weight
    for (const other of others) {
      if (other === issueId) continue
      const before = found.get(other) ?? { weight: 0, shared: 0 }
      found.set(other, { weight: before.weight + weight, shared: before.shared + 1 })
    }
  }
  return total === 0 ? [] : best(found, total)
}

export const sqlSimilarIssues = (db: MainDatabase): SimilarIssues => ({
  of: async (issueId) => {
    const row = await db.selectFrom('issue').select('project_id').where('id', '=', issueId).executeTakeFirst()
    return row ? similar(db, row.project_id, issueId) : []
  },
})
