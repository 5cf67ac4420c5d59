/**
 * The index file, little-endian:
 *
 *   header       108 bytes, below
 *   blobs        mapping blocks, name chunks, source text chunks, scope tables, source records; each with its own CRC-32
 *   directories  of blocks (line, column, offset, length, crc), names (offset, length, crc) and sources (the same)
 *
 * A lookup reads the header and the block directory once, then one block, one source record, one or two chunks of text
 * and one scope table. Every blob is checked when it is read, so that opening a file costs nothing that grows with it.
 */

/** Raise it with every change of the layout or of what is stored: older files are then rebuilt from the stored map. */
export const INDEX_VERSION = 1

export const MAGIC = 0x4d534746 // "FGSM"
export const HEADER_SIZE = 108

/** Mappings in a block: few enough that code which never ran before decodes one in a tenth of a millisecond. */
export const BLOCK_SIZE = 128

/** Names in a chunk of the name table. */
export const NAMES_PER_CHUNK = 64

/** UTF-16 units of source text in a chunk before compression; whole lines, unless a line is longer. */
export const TEXT_CHUNK = 8_192

/** u32 words of a directory entry. */
export const BLOCK_ENTRY = 5
export const BLOB_ENTRY = 3

/** Positions of the header's u32 words. */
export const HEADER = {
  magic: 0,
  version: 1,
  size: 2,
  crc: 3,
  flags: 4,
  blocks: 5,
  mappings: 6,
  lines: 7,
  names: 8,
  sources: 9,
  blockDirectory: 10,
  nameDirectory: 13,
  sourceDirectory: 16,
  scriptScopes: 19,
  classNames: 22,
  /** First 8 bytes of the SHA-256 of the map. */
  input: 25,
} as const

/** Where a blob lies, and the CRC-32 of its bytes. */
export interface BlobRef {
  offset: number
  length: number
  crc: number
}

/** Flags of one coded mapping; the upper three bits hold the column delta, 7 for "a varint follows". */
export const MAPPING = {
  newLine: 1,
  mapped: 2,
  otherSource: 4,
  otherLine: 8,
  named: 16,
  columnShift: 5,
  longColumn: 7,
} as const

/** Flags of a block. */
export const BLOCK_HAS_RANGES = 1

/** Flags of a source record. */
export const SOURCE = { ignored: 1, content: 2, scopes: 4, null: 8 } as const
