import type { Selectable, Transaction } from 'kysely'
import type { Commit } from '../../ports/releases.ts'
import type { MainDatabase } from './main-database.ts'
import { noteRepositories } from './repositories.ts'
import { resolveByCommits } from './resolve-by-commits.ts'
import type { Tables } from './tables.ts'

const toCommit = (row: Selectable<Tables['release_commit']>): Commit => ({
  id: row.commit_id,
  repository: row.repository,
  authorName: row.author_name,
  authorEmail: row.author_email,
  message: row.message,
  timestamp: row.committed_at === null ? null : Number(row.committed_at),
  patchSet: JSON.parse(row.patch_set) as Commit['patchSet'],
})

export const commitsOf = async (db: MainDatabase, releaseId: number): Promise<Commit[]> => {
  const rows = db.selectFrom('release_commit').selectAll().where('release_id', '=', releaseId)
  return (await rows.orderBy('position').execute()).map(toCommit)
}

export interface CommittedRelease {
  id: number
  organizationId: number
  version: string
  commits: readonly Commit[]
  now: number
}

const repositoriesOf = (commits: readonly Commit[]): Set<string> =>
  new Set(commits.flatMap(({ repository }) => (repository === null ? [] : [repository])))

/** Gives a release these commits instead of those that it has. */
export const replaceCommits = async (
  db: Transaction<Tables>,
  { id, organizationId, version, commits, now }: CommittedRelease,
): Promise<void> => {
  await resolveByCommits(db, { organizationId, version, commits, now })
  await db.deleteFrom('release_commit').where('release_id', '=', id).execute()
  for (const [position, commit] of commits.entries())
    await db
      .insertInto('release_commit')
      .values({
        release_id: id,
        position,
        commit_id: commit.id,
        repository: commit.repository,
        author_name: commit.authorName,
        author_email: commit.authorEmail,
        message: commit.message,
        committed_at: commit.timestamp,
        patch_set: JSON.stringify(commit.patchSet),
      })
      .execute()
  await db
    .updateTable('release')
    .set({ commit_count: commits.length, last_commit_id: commits[0]?.id ?? null })
    .where('id', '=', id)
    .execute()
  await noteRepositories(db, organizationId, { names: repositoriesOf(commits), now })
}
