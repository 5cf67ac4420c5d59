import type { Transaction } from 'kysely'
import type { Reading } from '../../alerts/reading.ts'
import { indexKey } from '../../artifacts/blob-keys.ts'
import type { ArtifactFile, MapContent } from '../../ports/artifact-store.ts'
import { raiseByReadings } from './raise-alerts.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const HASHES_PER_QUESTION = 500

interface FailedBundle {
  project_id: number
  release: string
  uploaded_at: number
}

// It counts when it was uploaded: what a newer engine finds in old uploads is no news about them.
const toReading = ({ project_id: projectId, release, uploaded_at }: FailedBundle, now: number): Reading => ({
  projectId,
  kind: 'uploads',
  at: Number(uploaded_at),
  receivedAt: now,
  grade: 1,
  quantity: 1,
  tags: new Map(release === '' ? [] : [['release', release]]),
})

/** Uploads fail once, however many of their maps cannot be read. */
const failing = (db: Write, now: number) =>
  db
    .updateTable('artifact_bundle')
    .set({ failed_at: now })
    .where('failed_at', 'is', null)
    .returning(['project_id', 'release', 'uploaded_at'])

const count = (db: Write, failed: readonly FailedBundle[], now: number): Promise<void> =>
  raiseByReadings(
    db,
    failed.map((bundle) => toReading(bundle, now)),
    now,
  )

/** Counts the uploads, of whichever projects, that hold a map which turned out to be unreadable. */
export const failUploadsOf = async (db: Write, { hash, scriptHash }: MapContent, now: number): Promise<void> => {
  const failed = await failing(db, now)
    .where('id', 'in', ({ selectFrom }) =>
      selectFrom('artifact')
        .innerJoin('artifact_in_bundle', 'artifact_in_bundle.artifact_id', 'artifact.id')
        .select('artifact_in_bundle.bundle_id')
        .where('artifact.hash', '=', hash)
        .where('artifact.script_hash', '=', scriptHash ?? '')
        .where('artifact.kind', '=', 'map'),
    )
    .execute()
  await count(db, failed, now)
}

const holdsUnreadable = async (db: Write, files: readonly ArtifactFile[]): Promise<boolean> => {
  const hashes = files.filter(({ kind }) => kind === 'map').map((map) => indexKey(map).hash)
  for (let start = 0; start < hashes.length; start += HASHES_PER_QUESTION) {
    const found = await db
      .selectFrom('map_index')
      .select('hash')
      .where('hash', 'in', hashes.slice(start, start + HASHES_PER_QUESTION))
      .where('status', '=', 'invalid')
      .executeTakeFirst()
    if (found) return true
  }
  return false
}

/** The same for a new upload of maps that are known already: no index is built of them again. */
export const failIfUnreadable = async (
  db: Write,
  { bundleId, files }: { bundleId: number; files: readonly ArtifactFile[] },
  now: number,
): Promise<void> => {
  if (await holdsUnreadable(db, files))
    await count(db, await failing(db, now).where('id', '=', bundleId).execute(), now)
}
