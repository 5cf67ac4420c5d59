// Writes ZIP archives, lies included: what hostile uploads are made of.
import { createHash } from 'node:crypto'
import { crc32 } from './crc32.ts'
import { deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  name: string
  content: string | Uint8Array
  /** What stands in the archive for the content; default: the content, packed by the method. */
  packed?: Buffer
  /** Unpacked size as the archive claims it; default: the true one. */
  claimedSize?: number
  /** Unix mode with the file's type. */
  mode?: number
  isEncrypted?: boolean
  method?: 0 | 8 | 99
}

const SYSB = Buffer.from([0x53, 0x59, 0x53, 0x42, 2, 0, 0, 0])

interface Written {
  entry: ZipEntry
  offset: number
  packed: Uint8Array
  fields: Buffer
}

/** The fields that a local header and the central directory share, from flags to the length of the extra field. */
const sharedFields = (entry: ZipEntry, content: Buffer, packed: Uint8Array): Buffer => {
  const fields = Buffer.alloc(24)
  fields.writeUInt16LE(entry.isEncrypted ? 0x801 : 0x800, 0)
  fields.writeUInt16LE(entry.method ?? 8, 2)
  fields.writeUInt32LE(0x00210000, 4)
  fields.writeUInt32LE(crc32(content), 8)
  fields.writeUInt32LE(packed.length, 12)
  fields.writeUInt32LE(entry.claimedSize ?? content.length, 16)
  fields.writeUInt16LE(Buffer.byteLength(entry.name), 20)
  return fields
}

const signature = (...bytes: number[]): Buffer => Buffer.from([0x50, 0x4b, ...bytes, 20, 0])

const centralHeader = ({ entry, offset, fields }: Written): Buffer => {
  const tail = Buffer.alloc(14)
  tail.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6)
  tail.writeUInt32LE(offset, 10)
  // "Made by" Unix, so that the mode counts.
  return Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 3, 20, 0]), fields, tail, Buffer.from(entry.name)])
}

/** An archive whose offsets count from the start of a bundle, its header included. */
export const zipBundle = (entries: readonly ZipEntry[]): Buffer => {
  const parts: Buffer[] = [SYSB]
  let offset = SYSB.length
  const written: Written[] = []
  for (const entry of entries) {
    const content = Buffer.from(entry.content)
    const packed = entry.packed ?? ((entry.method ?? 8) === 8 ? deflateRawSync(content) : content)
    const fields = sharedFields(entry, content, packed)
    written.push({ entry, offset, packed, fields })
    const local = Buffer.concat([signature(3, 4), fields, Buffer.from(entry.name), packed])
    parts.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(written.map(centralHeader))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, directory, end])
}

export const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex')
