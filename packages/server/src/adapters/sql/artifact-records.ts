import type { Selectable, Transaction } from 'kysely'
import { stableScriptName } from '../../grouping/stable-path.ts'
import type { ArtifactFile, ArtifactRecords, BundleRecord, MapRecord } from '../../ports/artifact-store.ts'
import { toArtifactFile } from './artifact-bundles.ts'
import type { MainDatabase } from './main-database.ts'
import { failIfUnreadable, failUploadsOf } from './failed-uploads.ts'
import { requestForFiles } from './regroup-jobs.ts'
import type { Tables } from './tables.ts'

type BundleKey = Omit<BundleRecord, 'size' | 'files'>

const CANDIDATES = 50
// SQLite takes 32,766 parameters in one statement, PostgreSQL 65,535.
const ROWS_PER_INSERT = 500

const fileNameOf = (url: string): string => {
  const path = url.replace(/[?#].*$/, '')
  return path.slice(path.lastIndexOf('/') + 1)
}

const toMap = (row: Selectable<Tables['artifact']>): MapRecord => ({
  ...toArtifactFile(row),
  id: row.id,
  release: row.release || null,
  dist: row.dist || null,
  uploadedAt: Number(row.uploaded_at),
})

interface Place {
  projectId: number
  release: string
  dist: string
  now: number
}

const toRow = (file: ArtifactFile, { projectId, release, dist, now }: Place) => ({
  project_id: projectId,
  kind: file.kind,
  debug_id: file.debugId ?? '',
  url: file.url,
  script_url: file.scriptUrl,
  file_name: fileNameOf(file.scriptUrl),
  stable_name: stableScriptName(file.scriptUrl),
  release,
  dist,
  hash: file.hash,
  script_hash: file.scriptHash ?? '',
  size: file.size,
  uploaded_at: now,
})

type Row = ReturnType<typeof toRow>

/** One statement must not name a key twice: PostgreSQL refuses to update a row two times. */
const withoutRepeats = (rows: Row[]): Row[] => [
  ...new Map(rows.map((row) => [JSON.stringify([row.kind, row.debug_id, row.url, row.hash]), row])).values(),
]

const insertFiles = async (transaction: Transaction<Tables>, rows: Row[], bundleId: number): Promise<void> => {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    const inserted = await transaction
      .insertInto('artifact')
      .values(rows.slice(start, start + ROWS_PER_INSERT))
      .onConflict((conflict) =>
        conflict.columns(['project_id', 'kind', 'debug_id', 'url', 'release', 'dist', 'hash']).doUpdateSet((row) => ({
          uploaded_at: row.ref('excluded.uploaded_at'),
          script_hash: row.ref('excluded.script_hash'),
        })),
      )
      .returning('id')
      .execute()
    await transaction
      .insertInto('artifact_in_bundle')
      .values(inserted.map(({ id }) => ({ bundle_id: bundleId, artifact_id: id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

const addToProject = async (
  transaction: Transaction<Tables>,
  bundle: BundleRecord,
  { projectId, now }: { projectId: number; now: number },
): Promise<void> => {
  const release = bundle.release ?? ''
  const dist = bundle.dist ?? ''
  const { id: bundleId } = await transaction
    .insertInto('artifact_bundle')
    .values({ project_id: projectId, checksum: bundle.checksum, release, dist, size: bundle.size, uploaded_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['project_id', 'checksum', 'release', 'dist'])
        .doUpdateSet({ uploaded_at: now, failed_at: null }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  const rows = bundle.files.map((file) => toRow(file, { projectId, release, dist, now }))
  await insertFiles(transaction, withoutRepeats(rows), bundleId)
  await failIfUnreadable(transaction, { bundleId, files: bundle.files }, now)
  const about = `${bundle.files.length} files${bundle.release === null ? '' : ` of ${bundle.release}`}`
  await requestForFiles(transaction, { projectId, cause: 'artifacts-arrived', about, files: bundle.files }, now)
}

const hasBundle = async (db: MainDatabase, bundle: BundleKey): Promise<boolean> => {
  const found = await db
    .selectFrom('artifact_bundle')
    .select('project_id')
    .where('project_id', 'in', [...bundle.projectIds])
    .where('checksum', '=', bundle.checksum)
    .where('release', '=', bundle.release ?? '')
    .where('dist', '=', bundle.dist ?? '')
    .execute()
  return found.length === new Set(bundle.projectIds).size
}

const maps = (db: MainDatabase, projectId: number) =>
  db
    .selectFrom('artifact')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('kind', '=', 'map')
    .orderBy('uploaded_at', 'desc')
    .orderBy('id', 'desc')
    .limit(CANDIDATES)

const mapsByFileName = async (
  db: MainDatabase,
  projectId: number,
  { fileName, release }: { fileName: string; release?: string },
): Promise<MapRecord[]> => {
  const named = maps(db, projectId).where('file_name', '=', fileName)
  const newest = await named.execute()
  // A project of many releases has more maps of one name than anybody wants to look at.
  const isCut = release !== undefined && newest.length === CANDIDATES
  const ofRelease = isCut ? await named.where('release', '=', release).execute() : []
  const rows = new Map([...newest, ...ofRelease].map((row) => [row.id, row]))
  return [...rows.values()].map(toMap)
}

const mapsOfOtherBuilds = async (db: MainDatabase, projectId: number, fileName: string): Promise<MapRecord[]> => {
  const stableName = stableScriptName(fileName)
  // A name without a hash is the same in every build.
  if (stableName === fileName) return []
  const rows = await maps(db, projectId)
    .where('stable_name', '=', stableName)
    .where('file_name', '!=', fileName)
    .execute()
  return rows.map(toMap)
}

const indexStates = (db: MainDatabase, now: () => number): Pick<ArtifactRecords, 'indexState' | 'setIndexState'> => ({
  indexState: async (hash) => {
    const row = await db.selectFrom('map_index').selectAll().where('hash', '=', hash).executeTakeFirst()
    if (!row) return undefined
    return row.status === 'ready' ? { status: 'ready' } : { status: 'invalid', reason: row.reason }
  },
  setIndexState: (hash, state, map) =>
    db.transaction().execute(async (transaction) => {
      const columns = { status: state.status, reason: state.status === 'invalid' ? state.reason : '' }
      await transaction
        .insertInto('map_index')
        .values({ hash, ...columns })
        .onConflict((conflict) => conflict.column('hash').doUpdateSet(columns))
        .execute()
      if (state.status === 'invalid') await failUploadsOf(transaction, map, now())
    }),
})

export const sqlArtifactRecords = (db: MainDatabase, now: () => number): ArtifactRecords => ({
  ...indexStates(db, now),
  hasBundle: (bundle) => hasBundle(db, bundle),
  addBundle: (bundle) =>
    db.transaction().execute(async (transaction) => {
      for (const projectId of bundle.projectIds) await addToProject(transaction, bundle, { projectId, now: now() })
    }),
  mapsByDebugId: async (projectId, debugId) =>
    (await maps(db, projectId).where('debug_id', '=', debugId).execute()).map(toMap),
  mapsOfOtherBuilds: (projectId, fileName) => mapsOfOtherBuilds(db, projectId, fileName),
  mapsByFileName: (projectId, script) => mapsByFileName(db, projectId, script),
  hasScript: async (projectId, debugId) => {
    const found = await db
      .selectFrom('artifact')
      .select('id')
      .where('project_id', '=', projectId)
      .where('debug_id', '=', debugId)
      .where('kind', '=', 'script')
      .limit(1)
      .executeTakeFirst()
    return found !== undefined
  },
})
