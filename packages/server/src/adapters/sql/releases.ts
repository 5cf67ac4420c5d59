import type { Selectable, Transaction } from 'kysely'
import type {
  Commit,
  Deploy,
  Release,
  ReleaseChange,
  ReleasePage,
  ReleaseQuery,
  ReleaseStore,
} from '../../ports/releases.ts'
import type { MainDatabase } from './database.ts'
import type { Tables } from './tables.ts'

type ReleaseRow = Selectable<Tables['release']>

const time = (value: number | null): number | null => (value === null ? null : Number(value))

const toCommit = (row: Selectable<Tables['release_commit']>): Commit => ({
  id: row.commit_id,
  repository: row.repository,
  authorName: row.author_name,
  authorEmail: row.author_email,
  message: row.message,
  timestamp: time(row.committed_at),
  patchSet: JSON.parse(row.patch_set) as Commit['patchSet'],
})

const toDeploy = (row: Selectable<Tables['deploy']>): Deploy => ({
  id: row.id,
  environment: row.environment,
  name: row.name,
  url: row.url,
  startedAt: time(row.started_at),
  finishedAt: time(row.finished_at),
})

/** Adds what other tables know of a release. */
const complete = async (db: MainDatabase, row: ReleaseRow): Promise<Release> => {
  const projects = await db
    .selectFrom('release_project')
    .innerJoin('project', 'project.id', 'release_project.project_id')
    .select(['project.id', 'project.slug', 'project.name'])
    .where('release_id', '=', row.id)
    .orderBy('project.slug')
    .execute()
  const commits = db.selectFrom('release_commit').where('release_id', '=', row.id)
  const newest = await commits.select('commit_id').orderBy('position').limit(1).executeTakeFirst()
  const counted = await commits.select((row) => row.fn.countAll().as('count')).executeTakeFirstOrThrow()
  return {
    id: row.id,
    version: row.version,
    status: row.status === 'archived' ? 'archived' : 'open',
    ref: row.ref,
    url: row.url,
    createdAt: Number(row.created_at),
    startedAt: time(row.started_at),
    releasedAt: time(row.released_at),
    lastCommitId: newest?.commit_id ?? null,
    commitCount: Number(counted.count),
    projects,
  }
}

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

const replaceCommits = async (
  transaction: Transaction<Tables>,
  releaseId: number,
  commits: readonly Commit[],
): Promise<void> => {
  await transaction.deleteFrom('release_commit').where('release_id', '=', releaseId).execute()
  for (const [position, commit] of commits.entries())
    await transaction
      .insertInto('release_commit')
      .values({
        release_id: releaseId,
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
}

const joinProjects = async (
  transaction: Transaction<Tables>,
  releaseId: number,
  projectIds: readonly number[],
): Promise<void> => {
  for (const project_id of projectIds)
    await transaction
      .insertInto('release_project')
      .values({ release_id: releaseId, project_id })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

const REMOVED_WITH_RELEASE = ['release_project', 'release_commit', 'deploy'] as const

const insertRelease = (transaction: Transaction<Tables>, organizationId: number, version: string, now: number) =>
  transaction
    .insertInto('release')
    .values({ organization_id: organizationId, version, status: 'open', created_at: now })
    .onConflict((conflict) => conflict.columns(['organization_id', 'version']).doNothing())
    .returning('id')
    .executeTakeFirst()

const rowOf = (db: MainDatabase, organizationId: number, version: string) =>
  db
    .selectFrom('release')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('version', '=', version)
    .executeTakeFirst()

const applyChange = async (
  transaction: Transaction<Tables>,
  releaseId: number,
  change: ReleaseChange,
): Promise<void> => {
  const columns = changedColumns(change)
  if (Object.keys(columns).length > 0)
    await transaction.updateTable('release').set(columns).where('id', '=', releaseId).execute()
  await joinProjects(transaction, releaseId, change.projectIds ?? [])
  if (change.commits) await replaceCommits(transaction, releaseId, change.commits)
}

const list = async (db: MainDatabase, query: ReleaseQuery): Promise<ReleasePage> => {
  const { organizationId, projectId, limit, cursor } = query
  let rows = db.selectFrom('release').selectAll().where('organization_id', '=', organizationId)
  if (projectId !== undefined)
    rows = rows.where('id', 'in', (nested) =>
      nested.selectFrom('release_project').select('release_id').where('project_id', '=', projectId),
    )
  const before = Number(cursor)
  if (Number.isSafeInteger(before) && before > 0) rows = rows.where('id', '<', before)
  const found = await rows
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = found.slice(0, limit)
  const releases = await Promise.all(shown.map((row) => complete(db, row)))
  return found.length > limit ? { releases, next: String(shown.at(-1)!.id) } : { releases }
}

const previousWithCommits = async (
  db: MainDatabase,
  organizationId: number,
  version: string,
): Promise<Release | undefined> => {
  const current = await rowOf(db, organizationId, version)
  let rows = db
    .selectFrom('release')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', 'in', (nested) => nested.selectFrom('release_commit').select('release_id'))
  if (current) rows = rows.where('id', '<', current.id)
  const row = await rows.orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row && complete(db, row)
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

const remove = (db: MainDatabase, organizationId: number, version: string): Promise<boolean> =>
  db.transaction().execute(async (transaction) => {
    const row = await rowOf(transaction, organizationId, version)
    if (!row) return false
    for (const table of REMOVED_WITH_RELEASE)
      await transaction.deleteFrom(table).where('release_id', '=', row.id).execute()
    await transaction.deleteFrom('release').where('id', '=', row.id).execute()
    return true
  })

export const sqlReleaseStore = (db: MainDatabase, now: () => number): ReleaseStore => ({
  save: async (organizationId, version, change) => {
    const created = await db.transaction().execute(async (transaction) => {
      const inserted = await insertRelease(transaction, organizationId, version, now())
      const { id } = inserted ?? (await rowOf(transaction, organizationId, version))!
      await applyChange(transaction, id, change)
      return inserted !== undefined
    })
    return { release: await complete(db, (await rowOf(db, organizationId, version))!), created }
  },
  list: (organizationId, page) => list(db, { organizationId, ...page }),
  find: async (organizationId, version) => {
    const row = await rowOf(db, organizationId, version)
    return row && complete(db, row)
  },
  remove: (organizationId, version) => remove(db, organizationId, version),
  commits: async (releaseId) => {
    const rows = db.selectFrom('release_commit').selectAll().where('release_id', '=', releaseId)
    return (await rows.orderBy('position').execute()).map(toCommit)
  },
  previousWithCommits: (organizationId, version) => previousWithCommits(db, organizationId, version),
  addDeploy: (releaseId, deploy) => addDeploy(db, releaseId, deploy),
  deploys: async (releaseId) => {
    const rows = db.selectFrom('deploy').selectAll().where('release_id', '=', releaseId)
    return (await rows.orderBy('id', 'desc').execute()).map(toDeploy)
  },
})
