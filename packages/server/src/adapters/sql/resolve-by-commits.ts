import type { Transaction } from 'kysely'
import { issuesFixedBy, type ShortId } from '../../issues/commit-messages.ts'
import type { Commit } from '../../ports/releases.ts'
import type { Tables } from './tables.ts'
import { changeWithin } from './triage.ts'

type Write = Transaction<Tables>

export interface AnnouncedCommits {
  organizationId: number
  version: string
  commits: readonly Commit[]
  now: number
}

/** Commits that came with a release before say nothing new: a build that is run again resolves nothing again. */
const isKnown = async (db: Write, organizationId: number, commitId: string): Promise<boolean> => {
  const row = await db
    .selectFrom('release_commit')
    .innerJoin('release', 'release.id', 'release_commit.release_id')
    .select('release.id')
    .where('commit_id', '=', commitId)
    .where('release.organization_id', '=', organizationId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

const findIssue = async (db: Write, organizationId: number, { slug, number }: ShortId): Promise<number | undefined> => {
  const row = await db
    .selectFrom('issue')
    .innerJoin('project', 'project.id', 'issue.project_id')
    .select('issue.id')
    .where('project.organization_id', '=', organizationId)
    .where('project.slug', '=', slug)
    .where('issue.number', '=', number)
    .executeTakeFirst()
  return row?.id
}

/** Resolves what commits say they fix, before they are stored, within the transaction that stores them. */
export const resolveByCommits = async (
  db: Write,
  { organizationId, version, commits, now }: AnnouncedCommits,
): Promise<void> => {
  for (const { id, message, repository } of commits) {
    const fixed = issuesFixedBy(message ?? '')
    if (fixed.length === 0 || (await isKnown(db, organizationId, id))) continue
    const resolution = { by: 'commit' as const, commit: id, repository }
    for (const shortId of fixed) {
      const issueId = await findIssue(db, organizationId, shortId)
      if (issueId === undefined) continue
      await changeWithin(db, [issueId], { orders: [{ type: 'resolve', resolution }], by: null, now, release: version })
    }
  }
}
