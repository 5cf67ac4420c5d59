// Where uploaded files lie: in the data folder, or in a bucket.
import { fsBlobStore } from './adapters/fs/blob-store.ts'
import { createBlobCache } from './adapters/s3/blob-cache.ts'
import { s3BlobStore } from './adapters/s3/blob-store.ts'
import { openBucket, type BucketSettings } from './adapters/s3/bucket.ts'
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

export const chooseBlobs = async (data: string, bucket: CachedBucket | undefined): Promise<BlobStore> => {
  if (bucket === undefined) return fsBlobStore(artifactsFolder(data))
  const cache = createBlobCache({ folder: cacheFolder(data), maxBytes: bucket.cacheBytes })
  return s3BlobStore(await openBucket(bucket), cache)
}
