import { createHash, type Hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** One file of a bundle. */
export interface BundleEntry {
  type: 'minified_source' | 'source_map'
  /** The address by which frames name the file, with `~` for scheme and host: `~/assets/app.js`. */
  url: string
  debugId?: string
  /** Scripts: their map, relative to the script. */
  sourceMap?: string
  /** Gives the content; called once, when its turn comes, so that one file at a time is in memory. */
  read: () => Promise<string>
}

export interface BundleInfo {
  org: string
  /** Slugs. */
  projects: string[]
  release?: string
  dist?: string
}

export interface Chunk {
  /** SHA-1 of its bytes, in hex: the protocol's choice. */
  checksum: string
  offset: number
  length: number
}

export interface Bundle {
  /** SHA-1 of the whole file, in hex. */
  checksum: string
  size: number
  chunks: Chunk[]
}

// "SYSB" and the format's version as a little-endian number of four bytes.
const HEADER = Buffer.from([0x53, 0x59, 0x53, 0x42, 2, 0, 0, 0])
// The oldest time a ZIP can hold: the same files make the same bytes.
const EPOCH = new Date(1980, 0, 1)
// Level 3 takes a third of the time of zlib's default and makes bundles a tenth larger: CI sends faster than it compresses.
const ENTRY_OPTIONS = { mtime: EPOCH, mode: 0o100644, forceDosTimestamp: true, compressionLevel: 3 }

const entryName = (url: string): string =>
  `files/_/_/${url
    .replace(/^~\//, '')
    .replace(/^[a-z][a-z\d+.-]*:\/+/i, '')
    .replace(/^\/+/, '')}`

/** Names under which entries lie in the archive. Readers go by the manifest; names need only be different. */
const nameEntries = (entries: BundleEntry[]): Map<string, BundleEntry> => {
  const named = new Map<string, BundleEntry>()
  for (const entry of entries) {
    const name = entryName(entry.url)
    named.set(named.has(name) ? `${name}.${named.size}` : name, entry)
  }
  return named
}

const headersOf = ({ debugId, sourceMap }: BundleEntry): Record<string, string> => ({
  ...(debugId === undefined ? {} : { 'debug-id': debugId }),
  ...(sourceMap === undefined ? {} : { sourcemap: sourceMap }),
})

const manifestOf = (named: Map<string, BundleEntry>, { org, projects, release, dist }: BundleInfo): string => {
  const files = [...named].map(([name, entry]) => [
    name,
    { type: entry.type, url: entry.url, headers: headersOf(entry) },
  ])
  return JSON.stringify({
    files: Object.fromEntries(files),
    org,
    ...(projects.length === 1 ? { project: projects[0] } : {}),
    ...(release === undefined ? {} : { release }),
    ...(dist === undefined ? {} : { dist }),
  })
}

const addEntry = (zip: ZipFile, name: string, entry: BundleEntry): void =>
  zip.addReadStreamLazy(name, ENTRY_OPTIONS, (give) => {
    entry.read().then(
      (text) => give(undefined, Readable.from([Buffer.from(text)])),
      (error: unknown) => give(error, Readable.from([])),
    )
  })

const zipOf = (entries: BundleEntry[], info: BundleInfo): ZipFile => {
  const zip = new ZipFile()
  // Offsets inside the archive count from the start of the file, the bundle's header included. yazl has no option for it.
  Object.assign(zip, { outputStreamCursor: HEADER.length })
  const named = nameEntries(entries)
  for (const [name, entry] of named) addEntry(zip, name, entry)
  zip.addBuffer(Buffer.from(manifestOf(named, info)), 'manifest.json', ENTRY_OPTIONS)
  zip.end()
  return zip
}

/** Cuts a stream of bytes into chunks of one size and hashes them on the way. */
const createChunker = (chunkSize: number) => {
  const whole = createHash('sha1')
  const chunks: Chunk[] = []
  let current: { hash: Hash; length: number } = { hash: createHash('sha1'), length: 0 }
  let size = 0
  const close = (): void => {
    chunks.push({ checksum: current.hash.digest('hex'), offset: size - current.length, length: current.length })
    current = { hash: createHash('sha1'), length: 0 }
  }
  const add = (bytes: Uint8Array): void => {
    whole.update(bytes)
    for (let rest = bytes; rest.length > 0;) {
      const part = rest.subarray(0, chunkSize - current.length)
      current.hash.update(part)
      current.length += part.length
      size += part.length
      rest = rest.subarray(part.length)
      if (current.length === chunkSize) close()
    }
  }
  const finish = (): Bundle => {
    if (current.length > 0) close()
    return { checksum: whole.digest('hex'), size, chunks }
  }
  return { add, finish }
}

async function* concatenate(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head
  yield* rest
}

/** Writes an artifact bundle to `path`. The same entries give the same bytes, on any machine. */
export const writeBundle = async (
  path: string,
  entries: BundleEntry[],
  options: BundleInfo & { chunkSize: number },
): Promise<Bundle> => {
  const chunker = createChunker(options.chunkSize)
  const file = await open(path, 'w')
  try {
    const zip = zipOf(entries, options)
    const failed = new Promise<never>((_, reject) => zip.on('error', reject))
    const write = async (): Promise<void> => {
      for await (const part of concatenate(HEADER, zip.outputStream as Readable)) {
        chunker.add(part)
        await file.write(part)
      }
    }
    await Promise.race([write(), failed])
  } finally {
    await file.close()
  }
  return chunker.finish()
}
