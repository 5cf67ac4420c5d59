import { randomBytes } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { Bundle, Chunk } from './bundle.ts'
import type { Capabilities } from './capabilities.ts'
import type { Service } from './service.ts'

/** Groups chunks into requests within the service's bounds. */
const batch = (chunks: Chunk[], { chunksPerRequest, maxRequestSize }: Capabilities): Chunk[][] => {
  const batches: Chunk[][] = []
  let size = Infinity
  for (const chunk of chunks) {
    const current = batches.at(-1)
    if (current && current.length < chunksPerRequest && size + chunk.length <= maxRequestSize) {
      current.push(chunk)
      size += chunk.length
    } else {
      batches.push([chunk])
      size = chunk.length
    }
  }
  return batches
}

const readChunk = async (file: FileHandle, { offset, length }: Chunk): Promise<Buffer> => {
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, offset)
  return buffer
}

// The bundle's entries are deflated, so the field is `file`: gzip would cost time and save nothing.
const multipart = async (file: FileHandle, chunks: Chunk[]): Promise<{ type: string; body: Buffer }> => {
  const boundary = `foghorn-${randomBytes(16).toString('hex')}`
  const parts: Buffer[] = []
  for (const chunk of chunks) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${chunk.checksum}"\r\nContent-Type: application/octet-stream\r\n\r\n`
    parts.push(Buffer.from(head), await readChunk(file, chunk), Buffer.from('\r\n'))
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`))
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(parts) }
}

export interface SendChunksOptions {
  service: Service
  capabilities: Capabilities
  /** Checksums that the service lacks. */
  missing: string[]
  /** Called with the bytes of each request that has arrived. */
  onSent?: (bytes: number) => void
}

/** Sends a bundle's missing chunks, several requests at a time. */
export const sendChunks = async (path: string, bundle: Bundle, options: SendChunksOptions): Promise<void> => {
  const { service, capabilities, onSent } = options
  const missing = new Set(options.missing)
  // Equal chunks are sent once.
  const chunks = new Map(
    bundle.chunks.filter((chunk) => missing.has(chunk.checksum)).map((chunk) => [chunk.checksum, chunk]),
  )
  const batches = batch([...chunks.values()], capabilities)
  const file = await open(path)
  const work = async (): Promise<void> => {
    for (let next = batches.shift(); next; next = batches.shift()) {
      const { type, body } = await multipart(file, next)
      await service.post(capabilities.url, type, body)
      onSent?.(next.reduce((sum, chunk) => sum + chunk.length, 0))
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(capabilities.concurrency, batches.length) }, work))
  } finally {
    await file.close()
  }
}
