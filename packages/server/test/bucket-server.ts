// A real S3 server in this process, on a port of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import type { CachedBucket } from '../src/choose-blobs.ts'

export interface BucketServer {
  /** A bucket's settings; each prefix is a place of its own. */
  bucket(prefix: string): CachedBucket
  /** Where the objects of the bucket are. */
  endpoint: string
  close(): Promise<void>
}

export const KEY = 'S3RVER'

export const startBucketServer = async (port = 0): Promise<BucketServer> => {
  const directory = mkdtempSync(join(tmpdir(), 'foghorn-bucket-'))
  const server = new S3rver({
    port,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'uploads' }],
  })
  const address: AddressInfo = await server.run()
  const endpoint = `http://127.0.0.1:${address.port}`
  return {
    endpoint,
    bucket: (prefix) => ({
      name: 'uploads',
      region: 'us-east-1',
      endpoint,
      credentials: { accessKeyId: KEY, secretAccessKey: KEY },
      prefix,
      pathStyle: true,
      cacheBytes: 100_000_000,
    }),
    close: async () => {
      await server.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
