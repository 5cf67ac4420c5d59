/**
 * The index file, little-endian:
 *
 *   header       96 bytes, below
 *   pages        of at most PAGE_SIZE bytes, each with the CRC-32 of its bytes and place at its end
 *   directories  one for each table: where its pages lie and what the first entry of each is
 *
 * A table is a run of pages that is searched in place: a lookup reads the header and a directory once, then one page of
 * mappings, one of sources, one of functions and one or two of text. Nothing is decoded that is not asked for. Every page is
 * checked when it is read, so that opening a file costs nothing that grows with it. Only what does not fit a page by itself
 * (a name of a megabyte, a directory) is longer than one.
 */

/** Raise it with every change of the layout or of what is stored: older files are then rebuilt from the stored map. */
export const INDEX_VERSION = 5

export const MAGIC = 0x4d534746 // "FGSM"
export const HEADER_SIZE = 96

/** Bytes of a page: a block of most file systems, and little enough to waste on a lookup that never comes again. */
export const PAGE_SIZE = 4_096
export const CHECKSUM_SIZE = 4
/** What a page holds besides its checksum. */
export const PAYLOAD_SIZE = PAGE_SIZE - CHECKSUM_SIZE

/** Where a page lies; the length counts its checksum. */
export interface PageRef {
  offset: number
  length: number
}

/** Positions of the header's u32 words; a directory takes two: offset and length. */
export const HEADER = {
  magic: 0,
  version: 1,
  size: 2,
  crc: 3,
  mappings: 4,
  lines: 5,
  names: 6,
  sources: 7,
  mappingDirectory: 8,
  nameDirectory: 10,
  sourceDirectory: 12,
  textDirectory: 14,
  scopeDirectory: 16,
  classNames: 18,
  /** First line of the script among the lines of all texts; NO_SCRIPT without one. */
  scriptLine: 20,
  /** First 8 bytes of the SHA-256 of the map. */
  input: 22,
} as const

export const NO_SCRIPT = 0xffffffff

/** Fields of a row of the table of mappings, 0-based; -1 for no source and for no name. */
export const MAPPING_FIELDS = 7
export const LINE = 0
export const COLUMN = 1
export const SOURCE_INDEX = 2
export const ORIGINAL_LINE = 3
export const ORIGINAL_COLUMN = 4
export const NAME = 5
/** 1 for a range mapping, whose original position advances with the generated one. */
export const IS_RANGE = 6

/**
 * Fields of a row of the tables of texts and of functions: where the piece begins and which page holds it. The lines of all
 * texts are counted through, so that one sorted table serves all sources.
 */
export const PIECE_FIELDS = 5
export const PIECE_OFFSET = 2
export const PIECE_LENGTH = 3
/** Texts: bytes of the piece before compression. */
export const PIECE_SIZE = 4

/** Flags of a source record. */
export const SOURCE = { ignored: 1, content: 2, null: 4, samePath: 8, separators: 16 } as const
