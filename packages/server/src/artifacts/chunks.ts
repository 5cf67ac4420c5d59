import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { BlobStore } from '../ports/artifact-store.ts'
import { chunkKey } from './blob-keys.ts'

const MIB = 1024 * 1024

/** What uploaders are told they may send. Sizes in bytes. */
export const UPLOAD_LIMITS = {
  chunkSize: 8 * MIB,
  chunksPerRequest: 64,
  /** Sum of the chunks of one request. */
  maxRequestSize: 32 * MIB,
  /** One assembled bundle. */
  maxFileSize: 2048 * MIB,
  /** Requests at the same time. */
  concurrency: 4,
} as const

const CHECKSUM = /^[\da-f]{40}$/

export interface UploadedChunk {
  /** SHA-1 of the uncompressed bytes, in hex, as the client states it. */
  checksum: string
  bytes: Uint8Array
  encoding: 'identity' | 'gzip'
}

export type ChunkFault = { status: 400 | 413; reason: string }

const inflate = async (chunk: UploadedChunk): Promise<Uint8Array | ChunkFault> => {
  if (chunk.encoding === 'identity') return chunk.bytes
  try {
    return await promisify(gunzip)(chunk.bytes, { maxOutputLength: UPLOAD_LIMITS.chunkSize })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(chunk)
    return { status: 400, reason: `Chunk ${chunk.checksum} is not valid gzip.` }
  }
}

const tooLarge = ({ checksum }: UploadedChunk): ChunkFault => ({
  status: 413,
  reason: `Chunk ${checksum} is larger than ${UPLOAD_LIMITS.chunkSize} bytes.`,
})

const isFault = (result: Uint8Array | ChunkFault): result is ChunkFault => !(result instanceof Uint8Array)

/** Keeps a chunk for later assembly; gives what is wrong with it when it cannot. */
export const storeChunk = async (
  blobs: BlobStore,
  organizationId: number,
  chunk: UploadedChunk,
): Promise<ChunkFault | undefined> => {
  if (!CHECKSUM.test(chunk.checksum))
    return { status: 400, reason: 'The file name of each part must be the SHA-1 of its chunk, as 40 hex digits.' }
  const bytes = await inflate(chunk)
  if (isFault(bytes)) return bytes
  if (bytes.length > UPLOAD_LIMITS.chunkSize) return tooLarge(chunk)
  if (createHash('sha1').update(bytes).digest('hex') !== chunk.checksum)
    return {
      status: 400,
      reason: `Chunk ${chunk.checksum} has another checksum. It was damaged on the way; send it again.`,
    }
  await blobs.put(chunkKey(organizationId, chunk.checksum), bytes)
  return undefined
}
