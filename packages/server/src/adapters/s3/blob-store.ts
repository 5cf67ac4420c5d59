import type { BlobStore } from '../../ports/artifact-store.ts'
import { areaPath, blobPath } from '../blob-path.ts'
import type { BlobCache } from '../fs/blob-cache.ts'
import type { Bucket } from './bucket.ts'

const DELETED_AT_ONCE = 16

/** Buckets tell times in whole seconds, rounded down. */
const SECOND_MS = 1000

/** Blobs as objects of a bucket. What is read at positions is kept on this machine's disk. */
export const s3BlobStore = (bucket: Bucket, cache: BlobCache): BlobStore => {
  const older = async (area: string, before: number): Promise<string[]> => {
    const hashes: string[] = []
    for await (const { name, modifiedAt } of bucket.list(areaPath(area)))
      if (modifiedAt + SECOND_MS <= before) hashes.push(name.slice(name.lastIndexOf('/') + 1))
    return hashes
  }
  const remove: BlobStore['delete'] = async (key) => {
    await bucket.delete(blobPath(key))
    await cache.forget(key)
  }
  return {
    isAnswering: bucket.isAnswering,
    put: (key, content) => bucket.put(blobPath(key), content),
    has: (key) => bucket.has(blobPath(key)),
    get: (key) => bucket.get(blobPath(key)),
    // Written anew: what a copy onto itself does to the time differs between the services that there are.
    touch: async (key) => {
      const content = await bucket.get(blobPath(key))
      if (content) await bucket.put(blobPath(key), content)
      return content !== undefined
    },
    openReader: (key) => cache.open(key, () => bucket.get(blobPath(key))),
    delete: remove,
    listOlder: older,
    deleteOlder: async (area, before) => {
      const hashes = await older(area, before)
      while (hashes.length > 0)
        await Promise.all(hashes.splice(0, DELETED_AT_ONCE).map((hash) => remove({ area, hash })))
    },
  }
}
