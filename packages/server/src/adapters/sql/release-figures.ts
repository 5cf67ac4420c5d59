import { sql, type RawBuilder } from 'kysely'
import type { ReleaseFigures, ReleaseIssueChange, ReleasePart } from '../../ports/release-figures.ts'
import type { MainDatabase } from './main-database.ts'
import { jsonText } from './functions.ts'
import { releaseCoverage } from './release-coverage.ts'
import { earlierReleases } from './release-dates.ts'

type IssueIds = (
  db: MainDatabase,
  part: ReleasePart,
  page: { limit: number; below?: number },
) => Promise<{ id: number }[]>

// IDs of SQLite and PostgreSQL stay below this.
const BEYOND_ALL = Number.MAX_SAFE_INTEGER

const newIssues: IssueIds = (db, { projectId, version }, { limit, below = BEYOND_ALL }) =>
  db
    .selectFrom('issue')
    .select('id')
    .where('project_id', '=', projectId)
    .where('first_release', '=', version)
    .where('merged_into', 'is', null)
    .where('id', '<', below)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** Issues with an entry of their feed for which the condition holds. */
const issuesOfActivity = (
  db: MainDatabase,
  projectId: number,
  { holds, limit, below = BEYOND_ALL }: { holds: RawBuilder<boolean>; limit: number; below?: number },
) =>
  db
    .selectFrom('issue_activity')
    .select('issue_id as id')
    .distinct()
    .where('project_id', '=', projectId)
    .where(holds)
    .where('issue_id', '<', below)
    .orderBy('issue_id', 'desc')
    .limit(limit)
    .execute()

const regressedIssues: IssueIds = (db, { projectId, version }, page) =>
  issuesOfActivity(db, projectId, { holds: sql`release = ${version} and type = 'set_regression'`, ...page })

const resolvedIssues: IssueIds = (db, { projectId, version, after }, page) => {
  const inRelease = sql`release = ${version} and type in ('set_resolved_in_release', 'set_resolved_in_commit')`
  const inNext = sql`release is null and type = 'set_resolved_in_release' and ${jsonText(sql.ref('data'), ['after'])} = ${after}`
  return issuesOfActivity(db, projectId, { holds: sql`((${inRelease}) or (${inNext}))`, ...page })
}

const ISSUE_IDS: Record<ReleaseIssueChange, IssueIds> = {
  new: newIssues,
  regressed: regressedIssues,
  resolved: resolvedIssues,
}

// Nobody reads on; and a hostile client must not make the service count for long.
const COUNTED_AT_MOST = 10_000

const artifacts = async (
  db: MainDatabase,
  { projectId, version }: ReleasePart,
): Promise<{ bundles: number; files: number }> => {
  const row = await db
    .selectFrom('artifact_bundle')
    .leftJoin('artifact_in_bundle', 'artifact_in_bundle.bundle_id', 'artifact_bundle.id')
    .select([
      sql<number>`count(distinct artifact_bundle.id)`.as('bundles'),
      sql<number>`count(distinct artifact_in_bundle.artifact_id)`.as('files'),
    ])
    .where('artifact_bundle.project_id', '=', projectId)
    .where('artifact_bundle.release', '=', version)
    .executeTakeFirstOrThrow()
  return { bundles: Number(row.bundles), files: Number(row.files) }
}

export const sqlReleaseFigures = (db: MainDatabase): ReleaseFigures => ({
  earlier: (projectId, version) => earlierReleases(db, { projectId, version }),
  issueIds: async (part, change, page) => (await ISSUE_IDS[change](db, part, page)).map(({ id }) => id),
  countIssues: async (part, change) => (await ISSUE_IDS[change](db, part, { limit: COUNTED_AT_MOST })).length,
  artifacts: (part) => artifacts(db, part),
  coverage: (part) => releaseCoverage(db, part),
})
