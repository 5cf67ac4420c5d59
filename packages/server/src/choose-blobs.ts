// Where uploaded files lie: in the data folder, in a bucket, or in PostgreSQL.
import { fsBlobStore } from './adapters/fs/blob-store.ts'
import { createBlobCache } from './adapters/fs/blob-cache.ts'
import type { PostgresSettings } from './adapters/postgres/connect.ts'
import { s3BlobStore } from './adapters/s3/blob-store.ts'
import { openBucket, type BucketSettings } from './adapters/s3/bucket.ts'
import { sqlBlobStore } from './adapters/sql/blob-store.ts'
import type { MainDatabase } from './adapters/sql/main-database.ts'
import type { Config } from './config.ts'
import { artifactsFolder, cacheFolder } from './data-folder.ts'
import type { BlobStore } from './ports/artifact-store.ts'

export interface CachedBucket extends BucketSettings {
  /** Bytes of it that may lie on this machine's disk. */
  cacheBytes: number
}

/** The bucket as the settings have it; undefined when they name none. */
export const bucketOf = (config: Config): CachedBucket | undefined => {
  const { s3Bucket: name, s3Endpoint: endpoint, s3Key, s3Secret, s3PathStyle } = config
  if (name === undefined) return undefined
  return {
    name,
    endpoint,
    region: config.s3Region,
    credentials: s3Key === undefined ? undefined : { accessKeyId: s3Key, secretAccessKey: s3Secret! },
    prefix: config.s3Prefix ?? '',
    pathStyle: s3PathStyle === undefined ? endpoint !== undefined : s3PathStyle === 'yes',
    cacheBytes: config.s3CacheMegabytes * 1e6,
  }
}

const CACHE_BYTES = 2e9

/** What says where uploaded files lie: the bucket, else the main store if that is not in the data folder. */
export interface BlobPlace {
  bucket?: CachedBucket | undefined
  postgres?: PostgresSettings | undefined
}

export const chooseBlobs = async (
  data: string,
  db: MainDatabase,
  { bucket, postgres }: BlobPlace,
): Promise<BlobStore> => {
  const cache = (maxBytes: number) => createBlobCache({ folder: cacheFolder(data), maxBytes })
  if (bucket !== undefined) return s3BlobStore(await openBucket(bucket), cache(bucket.cacheBytes))
  return postgres === undefined ? fsBlobStore(artifactsFolder(data)) : sqlBlobStore(db, cache(CACHE_BYTES))
}
