import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { BlobStore } from '../ports/artifact-store.ts'
import { fileKey } from './blob-keys.ts'
import { ARCHIVE_LIMITS } from './read-archive.ts'

// Maps shrink to a fifth at the fast levels already.
const LEVEL = 3

/** Keeps a file once, whoever uploads it. Gives its SHA-256. */
export const storeFile = async (blobs: BlobStore, content: Uint8Array): Promise<string> => {
  const hash = createHash('sha256').update(content).digest('hex')
  const key = fileKey(hash)
  // Touched, so that the upkeep leaves it alone while the upload is under way.
  if (!(await blobs.touch(key))) await blobs.put(key, await promisify(gzip)(content, { level: LEVEL }))
  return hash
}

export const readStoredFile = async (blobs: BlobStore, hash: string): Promise<Uint8Array | undefined> => {
  const stored = await blobs.get(fileKey(hash))
  return stored && (await promisify(gunzip)(stored, { maxOutputLength: ARCHIVE_LIMITS.entry }))
}
