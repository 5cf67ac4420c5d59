import { createHash } from 'node:crypto'
import { readStoredFile } from '../artifacts/stored-files.ts'
import type { MainDatabase } from '../adapters/sql/main-database.ts'
import { bucketOf, chooseBlobs } from '../choose-blobs.ts'
import { postgresOf } from '../choose-database.ts'
import type { Config } from '../config.ts'
import type { BlobStore } from '../ports/artifact-store.ts'
import { findingsOr, type Check, type Finding } from './finding.ts'
import { withStore } from './with-store.ts'

/** Each content once, with one of its names. */
const recordedFiles = (db: MainDatabase) =>
  db
    .selectFrom('artifact')
    .select(({ fn }) => ['hash', fn.min('file_name').as('file_name'), fn.min('release').as('release')])
    .groupBy('hash')
    .execute()

/** What is wrong with a stored file: it is gone, or its bytes are not those that were uploaded. */
const faultOf = async (blobs: BlobStore, hash: string): Promise<'missing' | 'damaged' | undefined> => {
  const content = await readStoredFile(blobs, hash).catch(() => 'damaged' as const)
  if (content === undefined) return 'missing'
  if (content === 'damaged') return content
  return createHash('sha256').update(content).digest('hex') === hash ? undefined : 'damaged'
}

const SHOWN = 5

const lookAt = async (db: MainDatabase, config: Config): Promise<Finding[]> => {
  const { data, s3Bucket } = config
  const blobs = await chooseBlobs(data, db, { bucket: bucketOf(config), postgres: postgresOf(config) })
  const files = await recordedFiles(db)
  const found: Omit<Finding, 'check'>[] = []
  for (const { hash, file_name: name, release } of files) {
    const fault = await faultOf(blobs, hash)
    if (fault !== undefined)
      found.push({
        severity: 'error',
        finding: `The uploaded file for ${name}${release && ` of ${release}`} is ${fault}.`,
        advice: 'Upload the maps of that release again: foghorn sourcemaps upload',
      })
  }
  const place = s3Bucket === undefined ? 'there' : `in the bucket ${s3Bucket}`
  return findingsOr(
    'artifacts',
    found.slice(0, SHOWN),
    `All ${files.length} uploaded files are ${place} and unchanged.`,
  )
}

export const artifacts: Check = {
  name: 'artifacts',
  look: (config) => withStore(config, (db) => lookAt(db, config)),
}
