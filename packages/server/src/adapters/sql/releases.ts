import { sql, type Transaction } from 'kysely'
import type {
  Deploy,
  Release,
  ReleaseChange,
  ReleasePage,
  ReleaseQuery,
  ReleaseReach,
  ReleaseStore,
} from '../../ports/releases.ts'
import type { MainDatabase } from './main-database.ts'
import { commitsOf, replaceCommits } from './release-commits.ts'
import { holdsText } from './functions.ts'
import { ensureRelease, findRelease, isWithin, toDeploy, toReleases, type ReleaseRow } from './release-rows.ts'
import type { Tables } from './tables.ts'

const COLUMNS = {
  status: 'status',
  ref: 'ref',
  url: 'url',
  startedAt: 'started_at',
  releasedAt: 'released_at',
} as const

const changedColumns = (change: ReleaseChange): Partial<ReleaseRow> => {
  const columns: Record<string, unknown> = {}
  for (const [member, column] of Object.entries(COLUMNS)) {
    const value = change[member as keyof typeof COLUMNS]
    if (value !== undefined) columns[column] = value
  }
  return columns
}

const joinProjects = async (
  db: Transaction<Tables>,
  releaseId: number,
  projectIds: readonly number[],
): Promise<void> => {
  for (const project_id of projectIds)
    await db
      .insertInto('release_project')
      .values({ release_id: releaseId, project_id })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

interface Saved {
  organizationId: number
  version: string
  change: ReleaseChange
  now: number
}

const save = async (db: Transaction<Tables>, { organizationId, version, change, now }: Saved): Promise<boolean> => {
  const { id, isNew } = await ensureRelease(db, organizationId, { version, now })
  const columns = changedColumns(change)
  if (Object.keys(columns).length > 0) await db.updateTable('release').set(columns).where('id', '=', id).execute()
  await joinProjects(db, id, change.projectIds ?? [])
  if (change.commits) await replaceCommits(db, { id, organizationId, version, commits: change.commits, now })
  return isNew
}

const list = async (db: MainDatabase, reach: ReleaseReach, query: ReleaseQuery): Promise<ReleasePage> => {
  const { limit, cursor, search, status } = query
  let rows = db
    .selectFrom('release')
    .selectAll()
    .where('organization_id', '=', reach.organizationId)
    .where(isWithin(reach))
  const before = Number(cursor)
  if (Number.isSafeInteger(before) && before > 0) rows = rows.where('id', '<', before)
  if (search !== undefined) rows = rows.where(holdsText(sql`lower(version)`, sql`lower(${search})`))
  if (status !== undefined) rows = rows.where('status', '=', status)
  const found = await rows
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = found.slice(0, limit)
  const releases = await toReleases(db, reach, shown)
  return found.length > limit ? { releases, next: String(shown.at(-1)!.id) } : { releases }
}

const find = async (db: MainDatabase, reach: ReleaseReach, version: string): Promise<Release | undefined> => {
  const row = await db
    .selectFrom('release')
    .selectAll()
    .where('organization_id', '=', reach.organizationId)
    .where('version', '=', version)
    .where(isWithin(reach))
    .executeTakeFirst()
  return row && (await toReleases(db, reach, [row]))[0]
}

const previousWithCommits = async (
  db: MainDatabase,
  reach: ReleaseReach,
  version: string,
): Promise<Release | undefined> => {
  const { organizationId } = reach
  const current = await findRelease(db, organizationId, version)
  let rows = db
    .selectFrom('release')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('commit_count', '>', 0)
    .where(isWithin(reach))
  if (current) rows = rows.where('id', '<', current.id)
  const row = await rows.orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row && (await toReleases(db, reach, [row]))[0]
}

const addDeploy = async (db: MainDatabase, releaseId: number, deploy: Omit<Deploy, 'id'>): Promise<Deploy> => {
  const { environment, name, url, startedAt, finishedAt } = deploy
  const row = await db
    .insertInto('deploy')
    .values({ release_id: releaseId, environment, name, url, started_at: startedAt, finished_at: finishedAt })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toDeploy(row)
}

const remove = async (db: Transaction<Tables>, reach: ReleaseReach, version: string): Promise<void> => {
  const row = await findRelease(db, reach.organizationId, version)
  if (!row) return
  const projectIds = reach.projectId === undefined ? reach.projectIds : [reach.projectId]
  const parts = db.selectFrom('release_project').select('project_id').where('release_id', '=', row.id)
  await db
    .deleteFrom('release_project')
    .where('release_id', '=', row.id)
    .where('project_id', 'in', projectIds)
    .execute()
  if (await parts.executeTakeFirst()) return
  for (const table of ['release_commit', 'deploy'] as const)
    await db.deleteFrom(table).where('release_id', '=', row.id).execute()
  await db.deleteFrom('release').where('id', '=', row.id).execute()
}

export const sqlReleaseStore = (db: MainDatabase, now: () => number): ReleaseStore => ({
  save: async (reach, version, change) => {
    const { organizationId } = reach
    const created = await db
      .transaction()
      .execute((transaction) => save(transaction, { organizationId, version, change, now: now() }))
    const row = (await findRelease(db, organizationId, version))!
    return { release: (await toReleases(db, reach, [row]))[0]!, created }
  },
  list: (reach, query) => list(db, reach, query),
  find: (reach, version) => find(db, reach, version),
  exists: async (organizationId, version) => (await findRelease(db, organizationId, version)) !== undefined,
  remove: (reach, version) => db.transaction().execute((transaction) => remove(transaction, reach, version)),
  commits: (releaseId) => commitsOf(db, releaseId),
  previousWithCommits: (reach, version) => previousWithCommits(db, reach, version),
  addDeploy: (releaseId, deploy) => addDeploy(db, releaseId, deploy),
  deploys: async (releaseId) => {
    const rows = db.selectFrom('deploy').selectAll().where('release_id', '=', releaseId)
    return (await rows.orderBy('id', 'desc').execute()).map(toDeploy)
  },
})
