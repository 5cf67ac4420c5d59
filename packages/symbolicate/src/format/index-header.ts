import type { IndexReader } from '../reader.ts'
import { checksum } from './checksum.ts'
import { HEADER, HEADER_SIZE, INDEX_VERSION, MAGIC } from './layout.ts'

/** The words of an index's header; undefined when it is damaged, cut off or of another version. */
export const readHeader = (reader: IndexReader): Uint32Array | undefined => {
  const bytes = new Uint8Array(HEADER_SIZE)
  if (reader.readInto(bytes, 0, HEADER_SIZE) !== HEADER_SIZE) return undefined
  const words = new Uint32Array(bytes.buffer)
  if (words[HEADER.magic] !== MAGIC || words[HEADER.version] !== INDEX_VERSION) return undefined
  if (words[HEADER.size] !== reader.size) return undefined
  const crc = words[HEADER.crc]
  words[HEADER.crc] = 0
  return checksum(bytes, 0) === crc ? words : undefined
}
