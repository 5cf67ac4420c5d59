import type { Entry, ZipFile } from 'yauzl'
import { fromRandomAccessReader } from 'yauzl'
import { ChunkedFileAccess, type ChunkedFile } from './chunked-file.ts'

const MIB = 1024 * 1024

/** What an archive may claim; beyond it nothing is unpacked. Sizes in bytes. */
export const ARCHIVE_LIMITS = {
  entries: 20_000,
  entry: 256 * MIB,
  total: 4096 * MIB,
  /** Unpacked to packed, for archives that unpack to more than `ratioFrom`. */
  ratio: 100,
  ratioFrom: 64 * MIB,
} as const

/** Why an archive is refused; the message is a sentence for whoever made it. */
export class ArchiveFault extends Error {}

export interface Archive {
  names: ReadonlySet<string>
  /** Unpacks one entry, never beyond its declared size. Throws ArchiveFault. */
  read(name: string): Promise<Buffer>
  close(): void
}

const SYMLINK = 0o120000
const FILE_TYPE = 0o170000

const findFault = (entry: Entry): string | undefined => {
  const name = JSON.stringify(entry.fileName.slice(0, 200))
  if (entry.isEncrypted()) return `The entry ${name} is encrypted.`
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMLINK) return `The entry ${name} is a symbolic link.`
  if (!entry.canDecodeFileData()) return `The entry ${name} is packed by a method other than deflate.`
  if (entry.uncompressedSize > ARCHIVE_LIMITS.entry)
    return `The entry ${name} unpacks to more than ${ARCHIVE_LIMITS.entry} bytes.`
  return undefined
}

const checkTotals = (entries: ReadonlyMap<string, Entry>, packed: number): void => {
  let total = 0
  for (const entry of entries.values()) total += entry.uncompressedSize
  if (total > ARCHIVE_LIMITS.total)
    throw new ArchiveFault(`The archive unpacks to more than ${ARCHIVE_LIMITS.total} bytes.`)
  if (total > ARCHIVE_LIMITS.ratioFrom && total > packed * ARCHIVE_LIMITS.ratio)
    throw new ArchiveFault(`The archive unpacks to more than ${ARCHIVE_LIMITS.ratio} times its size.`)
}

const openZip = (file: ChunkedFile): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true }
    fromRandomAccessReader(new ChunkedFileAccess(file), file.size, options, (error, zip) =>
      error ? reject(error) : resolve(zip),
    )
  })

const listEntries = (zip: ZipFile): Promise<Map<string, Entry>> =>
  new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>()
    const refuse = (reason: string): void => reject(new ArchiveFault(reason))
    if (zip.entryCount > ARCHIVE_LIMITS.entries)
      return refuse(`The archive has more than ${ARCHIVE_LIMITS.entries} entries.`)
    zip.on('entry', (entry: Entry) => {
      const fault = findFault(entry)
      if (fault !== undefined) return refuse(fault)
      if (entries.has(entry.fileName))
        return refuse(`The archive has the entry ${JSON.stringify(entry.fileName.slice(0, 200))} twice.`)
      entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', reject)
    zip.readEntry()
  })

const unpack = (zip: ZipFile, entry: Entry): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error)
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('error', reject)
      stream.on('end', () => resolve(Buffer.concat(parts)))
    })
  })

/** yauzl and zlib throw plain errors for damaged archives; at this place every error is the archive's. */
const asFault = (error: unknown): never => {
  if (error instanceof ArchiveFault) throw error
  throw new ArchiveFault(`The archive is damaged: ${(error as Error).message}.`)
}

/** Reads an archive's central directory and checks what it claims, before anything is unpacked. Throws ArchiveFault. */
export const openArchive = async (file: ChunkedFile): Promise<Archive> => {
  const zip = await openZip(file).catch(asFault)
  try {
    const entries = await listEntries(zip)
    checkTotals(entries, file.size)
    return {
      names: new Set(entries.keys()),
      read: async (name) => {
        const entry = entries.get(name)
        if (!entry) throw new ArchiveFault(`The archive lacks the entry ${JSON.stringify(name.slice(0, 200))}.`)
        return unpack(zip, entry).catch(asFault)
      },
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    return asFault(error)
  }
}
