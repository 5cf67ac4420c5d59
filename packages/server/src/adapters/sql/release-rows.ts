import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Deploy, Release, ReleaseProject, ReleaseReach } from '../../ports/releases.ts'
import type { MainDatabase } from './main-database.ts'
import type { Tables } from './tables.ts'

export type ReleaseRow = Selectable<Tables['release']>

const time = (value: number | null): number | null => (value === null ? null : Number(value))

export const toDeploy = (row: Selectable<Tables['deploy']>): Deploy => ({
  id: row.id,
  environment: row.environment,
  name: row.name,
  url: row.url,
  startedAt: time(row.started_at),
  finishedAt: time(row.finished_at),
})

interface ReleaseParts {
  projects: ReleaseProject[]
  lastDeploy: Deploy | null
  deployCount: number
}

const toRelease = (row: ReleaseRow, parts: ReleaseParts): Release => ({
  id: row.id,
  version: row.version,
  status: row.status === 'archived' ? 'archived' : 'open',
  ref: row.ref,
  url: row.url,
  createdAt: Number(row.created_at),
  startedAt: time(row.started_at),
  releasedAt: time(row.released_at),
  lastCommitId: row.last_commit_id,
  commitCount: row.commit_count,
  ...parts,
})

const projectsOf = (db: MainDatabase, releaseIds: readonly number[], { projectIds }: ReleaseReach) =>
  db
    .selectFrom('release_project')
    .innerJoin('project', 'project.id', 'release_project.project_id')
    .select(['release_id', 'first_event_at', 'last_event_at', 'new_issues'])
    .select(['project.id', 'project.slug', 'project.name', 'project.platform'])
    .where('release_id', 'in', releaseIds)
    .where('project_id', 'in', projectIds)
    .orderBy('project.slug')
    .execute()

const deploysOf = (db: MainDatabase, releaseIds: readonly number[]) =>
  db.selectFrom('deploy').selectAll().where('release_id', 'in', releaseIds).orderBy('id', 'desc').execute()

type ProjectRow = Awaited<ReturnType<typeof projectsOf>>[number]

const toProject = ({ id, slug, name, platform, ...row }: ProjectRow): ReleaseProject => ({
  id,
  slug,
  name,
  platform,
  firstEventAt: time(row.first_event_at),
  lastEventAt: time(row.last_event_at),
  newIssues: row.new_issues,
})

/** Adds what other tables know of releases, as far as somebody's reach goes. */
export const toReleases = async (
  db: MainDatabase,
  reach: ReleaseReach,
  rows: readonly ReleaseRow[],
): Promise<Release[]> => {
  const ids = rows.map(({ id }) => id)
  const [projects, deploys] = await Promise.all([projectsOf(db, ids, reach), deploysOf(db, ids)])
  return rows.map((row) => {
    const own = deploys.filter(({ release_id }) => release_id === row.id)
    return toRelease(row, {
      projects: projects.filter(({ release_id }) => release_id === row.id).map(toProject),
      lastDeploy: own[0] ? toDeploy(own[0]) : null,
      deployCount: own.length,
    })
  })
}

const takesPart = (projectIds: readonly number[]): RawBuilder<boolean> =>
  projectIds.length === 0
    ? sql`1 = 0`
    : sql`release.id in (select release_id from release_project where project_id in (${sql.join([...projectIds])}))`

/** Holds for releases within somebody's reach. */
export const isWithin = ({ projectId, projectIds }: ReleaseReach): RawBuilder<boolean> =>
  projectId === undefined
    ? sql`(${takesPart(projectIds)} or not exists (select 1 from release_project where release_id = release.id))`
    : takesPart([projectId])

export const findRelease = (db: MainDatabase, organizationId: number, version: string) =>
  db
    .selectFrom('release')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('version', '=', version)
    .executeTakeFirst()

/** The ID of a release, which is made where it is not there. */
export const ensureRelease = async (
  db: MainDatabase,
  organizationId: number,
  { version, now }: { version: string; now: number },
): Promise<{ id: number; isNew: boolean }> => {
  const known = await findRelease(db, organizationId, version)
  if (known) return { id: known.id, isNew: false }
  const added = await db
    .insertInto('release')
    .values({ organization_id: organizationId, version, status: 'open', created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  // Somebody else of the organization may have been faster.
  return added ? { id: added.id, isNew: true } : ensureRelease(db, organizationId, { version, now })
}
