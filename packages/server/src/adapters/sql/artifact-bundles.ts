import { sql, type ExpressionBuilder, type Selectable, type Transaction } from 'kysely'
import type {
  ArtifactBundles,
  BundleQuery,
  ExpiryRule,
  StoredBundle,
  StoredFile,
} from '../../ports/artifact-bundles.ts'
import type { ArtifactFile } from '../../ports/artifact-store.ts'
import type { MainDatabase } from './main-database.ts'
import { isLike } from './functions.ts'
import { resolvedIssues } from './map-use.ts'
import { requestForFiles } from './regroup-jobs.ts'
import type { Tables } from './tables.ts'

export const toArtifactFile = (row: Selectable<Tables['artifact']>): ArtifactFile => ({
  kind: row.kind as ArtifactFile['kind'],
  debugId: row.debug_id || null,
  url: row.url,
  scriptUrl: row.script_url,
  hash: row.hash,
  scriptHash: row.script_hash || null,
  size: Number(row.size),
})

const toStoredFile = (row: Selectable<Tables['artifact']>): StoredFile => ({
  ...toArtifactFile(row),
  id: row.id,
  usedAt: Number(row.used_at) || null,
  events: row.events,
})

/** `%` and `_` in what people look for are meant as such. */
const pattern = (search: string): string => `%${search.replace(/[\\%_]/g, '\\$&')}%`

const matches =
  (search: string) =>
  ({ exists, or, selectFrom }: ExpressionBuilder<Tables, 'artifact_bundle'>) => {
    const like = (column: 'artifact.url' | 'artifact.debug_id' | 'artifact_bundle.release', text: string) =>
      isLike(sql.ref(column), pattern(text))
    const file = selectFrom('artifact')
      .innerJoin('artifact_in_bundle', 'artifact_in_bundle.artifact_id', 'artifact.id')
      .select('artifact.id')
      .whereRef('artifact_in_bundle.bundle_id', '=', 'artifact_bundle.id')
      .where(or([like('artifact.url', search), like('artifact.debug_id', search.replaceAll('-', '').toLowerCase())]))
    return or([like('artifact_bundle.release', search), exists(file)])
  }

const list = async (
  db: MainDatabase,
  projectId: number,
  { search, release, below, limit }: BundleQuery,
): Promise<StoredBundle[]> => {
  const rows = await db
    .selectFrom('artifact_bundle')
    .leftJoin('artifact_in_bundle', 'artifact_in_bundle.bundle_id', 'artifact_bundle.id')
    .leftJoin('artifact', 'artifact.id', 'artifact_in_bundle.artifact_id')
    .select(({ fn }) => [
      fn.count<number>('artifact.id').as('files'),
      fn.max('artifact.used_at').as('used_at'),
      fn.sum<number | null>('artifact.events').as('events'),
    ])
    .select(['artifact_bundle.id', 'artifact_bundle.release', 'artifact_bundle.dist'])
    .select(['artifact_bundle.uploaded_at', 'artifact_bundle.size'])
    .where('artifact_bundle.project_id', '=', projectId)
    .$if(search !== undefined, (query) => query.where(matches(search!)))
    .$if(release !== undefined, (query) => query.where('artifact_bundle.release', '=', release!))
    .$if(below !== undefined, (query) => query.where('artifact_bundle.id', '<', below!))
    .groupBy('artifact_bundle.id')
    .orderBy('artifact_bundle.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    release: row.release || null,
    dist: row.dist || null,
    uploadedAt: Number(row.uploaded_at),
    size: Number(row.size),
    files: Number(row.files),
    usedAt: Number(row.used_at ?? 0) || null,
    events: Number(row.events ?? 0),
  }))
}

const has = async (db: MainDatabase, projectId: number, bundleId: number): Promise<boolean> => {
  const bundle = await db
    .selectFrom('artifact_bundle')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', '=', bundleId)
    .executeTakeFirst()
  return bundle !== undefined
}

const files = async (db: MainDatabase, bundleId: number): Promise<StoredFile[]> => {
  const rows = await db
    .selectFrom('artifact')
    .innerJoin('artifact_in_bundle', 'artifact_in_bundle.artifact_id', 'artifact.id')
    .selectAll('artifact')
    .where('artifact_in_bundle.bundle_id', '=', bundleId)
    .orderBy('artifact.url')
    .execute()
  return rows.map(toStoredFile)
}

const removeBundle = async (
  transaction: Transaction<Tables>,
  projectId: number,
  bundleId: number,
): Promise<ArtifactFile[]> => {
  const removed = await transaction
    .deleteFrom('artifact_bundle')
    .where('project_id', '=', projectId)
    .where('id', '=', bundleId)
    .executeTakeFirst()
  if (removed.numDeletedRows === 0n) return []
  const links = await transaction
    .deleteFrom('artifact_in_bundle')
    .where('bundle_id', '=', bundleId)
    .returning('artifact_id')
    .execute()
  const orphans: ArtifactFile[] = []
  for (const { artifact_id: id } of links) {
    const row = await transaction
      .deleteFrom('artifact')
      .where('id', '=', id)
      .where(({ exists, not, selectFrom }) =>
        not(exists(selectFrom('artifact_in_bundle').select('bundle_id').where('artifact_id', '=', id))),
      )
      .returningAll()
      .executeTakeFirst()
    if (!row) continue
    await transaction.deleteFrom('map_use').where('artifact_id', '=', id).execute()
    orphans.push(toArtifactFile(row))
  }
  return orphans
}

const storage = async (db: MainDatabase, projectId: number) => {
  const { bundles } = await db
    .selectFrom('artifact_bundle')
    .select(({ fn }) => fn.countAll<number>().as('bundles'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow()
  const contents = db
    .selectFrom('artifact')
    .select(['hash', ({ fn }) => fn.max('size').as('size'), ({ fn }) => fn.countAll<number>().as('files')])
    .where('project_id', '=', projectId)
    .groupBy('hash')
  const { bytes, count } = await db
    .selectFrom(contents.as('content'))
    .select(({ fn }) => [fn.sum<number | null>('size').as('bytes'), fn.sum<number | null>('files').as('count')])
    .executeTakeFirstOrThrow()
  return { bundles: Number(bundles), files: Number(count ?? 0), bytes: Number(bytes ?? 0) }
}

const expired = async (db: MainDatabase, { before, limit }: ExpiryRule) => {
  const rows = await sql<{ project_id: number; id: number }>`
    select bundle.project_id, bundle.id
    from artifact_bundle bundle
    join artifact_bundle newest on newest.id = (
      select id from artifact_bundle where project_id = bundle.project_id order by uploaded_at desc, id desc limit 1)
    where bundle.uploaded_at < ${before} and bundle.id <> newest.id
      and (bundle.release = '' or bundle.release <> newest.release)
      and not exists (
        select 1 from artifact_in_bundle link join artifact on artifact.id = link.artifact_id
        where link.bundle_id = bundle.id and artifact.used_at >= ${before})
    limit ${limit}`.execute(db)
  return rows.rows.map((row) => ({ projectId: row.project_id, id: row.id }))
}

const remove = async (
  transaction: Transaction<Tables>,
  projectId: number,
  { bundleIds, now }: { bundleIds: readonly number[]; now: number },
): Promise<void> => {
  const files: ArtifactFile[] = []
  for (const id of bundleIds) files.push(...(await removeBundle(transaction, projectId, id)))
  const about = `${bundleIds.length} uploads deleted`
  await requestForFiles(transaction, { projectId, cause: 'artifacts-removed', about, files }, now)
}

export const sqlArtifactBundles = (db: MainDatabase, now: () => number): ArtifactBundles => ({
  list: (projectId, query) => list(db, projectId, query),
  files: async (projectId, bundleId) => ((await has(db, projectId, bundleId)) ? files(db, bundleId) : undefined),
  issues: async (projectId, bundleId, limit) =>
    (await has(db, projectId, bundleId)) ? resolvedIssues(db, bundleId, limit) : undefined,
  storage: (projectId) => storage(db, projectId),
  remove: (projectId, bundleIds) =>
    db.transaction().execute((transaction) => remove(transaction, projectId, { bundleIds, now: now() })),
  noteUse: (events, at) =>
    db.transaction().execute(async (transaction) => {
      for (const [id, count] of events)
        await transaction
          .updateTable('artifact')
          .set((row) => ({ used_at: at, events: row('events', '+', count) }))
          .where('id', '=', id)
          .execute()
    }),
  expired: (rule) => expired(db, rule),
  contents: async () => {
    const rows = await db.selectFrom('artifact').select(['hash', 'script_hash']).distinct().execute()
    return rows.map((row) => ({ hash: row.hash, scriptHash: row.script_hash || null }))
  },
})
