import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { RandomAccessReader } from 'yauzl'
import type { BlobKey, BlobStore } from '../ports/artifact-store.ts'

const SLICE = 256 * 1024

interface Part {
  key: BlobKey
  start: number
  end: number
}

/** A file that lies in the store as chunks, read at any position without being put together. */
export interface ChunkedFile {
  size: number
  /** SHA-1 of the whole, hex. */
  checksum: string
  read(start: number, end: number): AsyncGenerator<Uint8Array>
}

class VanishedChunk extends Error {}

async function* readPart(blobs: BlobStore, part: Part, from: number, to: number): AsyncGenerator<Uint8Array> {
  const reader = await blobs.openReader(part.key)
  if (!reader) throw new VanishedChunk('A chunk was deleted while its file was read. Upload it again.')
  try {
    for (let offset = from; offset < to; offset += SLICE) {
      const slice = new Uint8Array(Math.min(SLICE, to - offset))
      yield slice.subarray(0, reader.readInto(slice, offset - part.start, slice.length))
    }
  } finally {
    reader.close()
  }
}

const measure = async (blobs: BlobStore, keys: readonly BlobKey[]): Promise<{ parts: Part[]; checksum: string }> => {
  const hash = createHash('sha1')
  const parts: Part[] = []
  let start = 0
  for (const key of keys) {
    const reader = await blobs.openReader(key)
    const part = { key, start, end: start + (reader?.size ?? 0) }
    reader?.close()
    for await (const bytes of readPart(blobs, part, part.start, part.end)) hash.update(bytes)
    parts.push(part)
    start = part.end
  }
  return { parts, checksum: hash.digest('hex') }
}

/** Reads the chunks once for size and checksum. */
export const openChunkedFile = async (blobs: BlobStore, keys: readonly BlobKey[]): Promise<ChunkedFile> => {
  const { parts, checksum } = await measure(blobs, keys)
  return {
    size: parts.at(-1)?.end ?? 0,
    checksum,
    async *read(start, end) {
      for (const part of parts) {
        const from = Math.max(start, part.start)
        const to = Math.min(end, part.end)
        if (from < to) yield* readPart(blobs, part, from, to)
      }
    },
  }
}

/** The same for the ZIP reader. */
export class ChunkedFileAccess extends RandomAccessReader {
  readonly #file: ChunkedFile

  constructor(file: ChunkedFile) {
    super()
    this.#file = file
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#file.read(start, end), { objectMode: false })
  }
}
