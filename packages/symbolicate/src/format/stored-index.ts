import type { IndexReader } from '../reader.ts'
import { StoredScopes } from '../scopes/stored-scopes.ts'
import type { BlobCache, Cached } from './blob-cache.ts'
import { ByteReader } from './byte-reader.ts'
import { checksum } from './checksum.ts'
import {
  BLOB_ENTRY,
  BLOCK_ENTRY,
  HEADER,
  HEADER_SIZE,
  INDEX_VERSION,
  MAGIC,
  NAMES_PER_CHUNK,
  type BlobRef,
} from './layout.ts'
import { COLUMN, decodeBlock, FIELDS, LINE, type Mappings } from './mapping-block.ts'
import { decodeSource, type SourceRecord } from './source-record.ts'
import { readChunk, type TextPiece } from './source-text.ts'

/** A mapping: the decoded block that holds it, and where in the block its fields begin. */
export interface MappingRef {
  block: Mappings
  at: number
}

type Slots<T> = (Cached<T> | undefined)[]

/** An index file, read piece by piece; every piece is checked and kept in the cache as long as that has room. */
export class StoredIndex {
  readonly #reader: IndexReader
  readonly #cache: BlobCache
  readonly #header: Uint32Array
  readonly #blocks: Uint32Array
  readonly #blockSlots: Slots<Mappings> = []
  readonly #nameSlots: Slots<string[]> = []
  readonly #sourceSlots: Slots<SourceRecord> = []
  readonly #textSlots = new Map<number, Cached<TextPiece>>()
  readonly #scopeSlots = new Map<number, Cached<StoredScopes>>()
  #names: Uint32Array | undefined
  #sources: Uint32Array | undefined
  #classes: Map<string, string> | undefined

  /** Set when a piece had the wrong checksum: the file must be built again. */
  damaged = false

  private constructor(reader: IndexReader, cache: BlobCache, header: Uint32Array, blocks: Uint32Array) {
    this.#reader = reader
    this.#cache = cache
    this.#header = header
    this.#blocks = blocks
  }

  static open(reader: IndexReader, cache: BlobCache): StoredIndex | undefined {
    const bytes = ownCopy(reader.read(0, HEADER_SIZE))
    if (bytes.length < HEADER_SIZE) return undefined
    const header = words(bytes)
    if (header[HEADER.magic] !== MAGIC || header[HEADER.version] !== INDEX_VERSION) return undefined
    if (header[HEADER.size] !== reader.size) return undefined
    const crc = header[HEADER.crc]
    new DataView(bytes.buffer).setUint32(HEADER.crc * 4, 0)
    if (checksum(bytes) !== crc) return undefined
    const blocks = checked(reader, refAt(header, HEADER.blockDirectory))
    return blocks && new StoredIndex(reader, cache, header, words(ownCopy(blocks)))
  }

  get sourceCount(): number {
    return this.#header[HEADER.sources]!
  }

  get lines(): number {
    return this.#header[HEADER.lines]!
  }

  get mappings(): number {
    return this.#header[HEADER.mappings]!
  }

  /** The last mapping at or before a 0-based position, wherever it lies; undefined before the first of all. */
  find(line: number, column: number): MappingRef | undefined {
    const number = this.#blockAt(line, column)
    if (number < 0) return undefined
    const block = this.#block(number)
    if (!block) return undefined
    let low = 0
    let high = block.length / FIELDS
    while (low + 1 < high) {
      const middle = (low + high) >>> 1
      const at = middle * FIELDS
      const middleLine = block[at + LINE]!
      if (middleLine < line || (middleLine === line && block[at + COLUMN]! <= column)) low = middle
      else high = middle
    }
    return { block, at: low * FIELDS }
  }

  /** The mapping after one in its block; undefined at the end of the block. */
  next({ block, at }: MappingRef): MappingRef | undefined {
    return at + FIELDS < block.length ? { block, at: at + FIELDS } : undefined
  }

  /** The mappings of a 0-based line. */
  *mappingsOf(line: number): Generator<MappingRef> {
    const count = this.#blocks.length / BLOCK_ENTRY
    for (let number = Math.max(0, this.#blockAt(line, 0)); number < count; number++) {
      if (this.#blocks[number * BLOCK_ENTRY]! > line) return
      const block = this.#block(number)
      if (!block) return
      for (let at = 0; at < block.length; at += FIELDS) if (block[at + LINE] === line) yield { block, at }
    }
  }

  /** Whether any mapping lies on a 0-based line at or after a column. */
  hasMappingFrom(line: number, column: number): boolean {
    const next = this.find(line, 0x7fffffff)
    return next !== undefined && next.block[next.at + LINE] === line && next.block[next.at + COLUMN]! >= column
  }

  name(index: number): string | undefined {
    if (index < 0) return undefined
    const number = Math.trunc(index / NAMES_PER_CHUNK)
    const slot = this.#nameSlots[number]
    if (slot) {
      slot.used = true
      return slot.value[index % NAMES_PER_CHUNK]
    }
    this.#names ??= this.#directory(HEADER.nameDirectory)
    const bytes = this.#blob(refAt(this.#names, number * BLOB_ENTRY))
    if (!bytes) return undefined
    const names = decodeNames(bytes, Math.min(NAMES_PER_CHUNK, this.#header[HEADER.names]! - number * NAMES_PER_CHUNK))
    this.#nameSlots[number] = this.#cache.add(
      names,
      bytes.length * 2 + names.length * 32,
      () => (this.#nameSlots[number] = undefined),
    )
    return names[index % NAMES_PER_CHUNK]
  }

  source(index: number): SourceRecord | undefined {
    const slot = this.#sourceSlots[index]
    if (slot) {
      slot.used = true
      return slot.value
    }
    this.#sources ??= this.#directory(HEADER.sourceDirectory)
    const bytes = this.#blob(refAt(this.#sources, index * BLOB_ENTRY))
    if (!bytes) return undefined
    const record = decodeSource(bytes)
    this.#sourceSlots[index] = this.#cache.add(
      record,
      bytes.length * 4 + 256,
      () => (this.#sourceSlots[index] = undefined),
    )
    return record
  }

  /** A chunk of source text. */
  text(ref: BlobRef): TextPiece | undefined {
    return this.#kept(
      this.#textSlots,
      ref,
      (bytes) => readChunk(bytes),
      ({ text, starts }) => text.length * 2 + starts.byteLength,
    )
  }

  /** The functions of a source. */
  scopes(ref: BlobRef): StoredScopes | undefined {
    return this.#kept(
      this.#scopeSlots,
      ref,
      (bytes) => StoredScopes.decode(bytes),
      (table) => table.byteLength,
    )
  }

  /** The functions of the generated script, when it was given to the build. */
  scriptScopes(): StoredScopes | undefined {
    const ref = refAt(this.#header, HEADER.scriptScopes)
    return ref.length > 0 ? this.scopes(ref) : undefined
  }

  /** What a class of the script is called in the original, when the script was given to the build. */
  className(minified: string): string | undefined {
    return this.#classNames().get(minified)
  }

  #classNames(): Map<string, string> {
    if (this.#classes) return this.#classes
    const ref = refAt(this.#header, HEADER.classNames)
    const bytes = ref.length > 0 ? this.#blob(ref) : undefined
    this.#classes = new Map(bytes ? decodePairs(bytes) : [])
    return this.#classes
  }

  #kept<T>(
    slots: Map<number, Cached<T>>,
    ref: BlobRef,
    decode: (bytes: Uint8Array) => T | undefined,
    size: (value: T) => number,
  ): T | undefined {
    const slot = slots.get(ref.offset)
    if (slot) {
      slot.used = true
      return slot.value
    }
    const bytes = this.#blob(ref)
    const value = bytes && decode(bytes)
    if (value === undefined) return undefined
    slots.set(
      ref.offset,
      this.#cache.add(value, size(value), () => slots.delete(ref.offset)),
    )
    return value
  }

  #blockAt(line: number, column: number): number {
    const directory = this.#blocks
    let low = -1
    let high = directory.length / BLOCK_ENTRY
    while (low + 1 < high) {
      const middle = (low + high) >>> 1
      const firstLine = directory[middle * BLOCK_ENTRY]!
      if (firstLine < line || (firstLine === line && directory[middle * BLOCK_ENTRY + 1]! <= column)) low = middle
      else high = middle
    }
    return low
  }

  #block(number: number): Mappings | undefined {
    const slot = this.#blockSlots[number]
    if (slot) {
      slot.used = true
      return slot.value
    }
    const bytes = this.#blob(refAt(this.#blocks, number * BLOCK_ENTRY + 2))
    if (!bytes) return undefined
    const block = decodeBlock(bytes, (length) => this.#cache.array(length))
    this.#blockSlots[number] = this.#cache.add(block, block.byteLength, () => {
      this.#blockSlots[number] = undefined
      this.#cache.recycle(block)
    })
    return block
  }

  #directory(word: number): Uint32Array {
    const bytes = this.#blob(refAt(this.#header, word))
    return bytes ? words(ownCopy(bytes)) : new Uint32Array(0)
  }

  #blob(ref: BlobRef): Uint8Array | undefined {
    const bytes = checked(this.#reader, ref)
    if (!bytes) this.damaged = true
    return bytes
  }
}

// A reader may hand out a Node Buffer, whose slice() is a view of memory shared with others and of any alignment.
const ownCopy = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes)

const checked = (reader: IndexReader, ref: BlobRef): Uint8Array | undefined => {
  const bytes = reader.read(ref.offset, ref.length)
  return bytes.length === ref.length && checksum(bytes) === ref.crc ? bytes : undefined
}

const refAt = (directory: Uint32Array, word: number): BlobRef => ({
  offset: directory[word] ?? 0,
  length: directory[word + 1] ?? 0,
  crc: directory[word + 2] ?? 0,
})

/** Little-endian, as every machine that runs Node.js today (2026-11). */
const words = (bytes: Uint8Array): Uint32Array =>
  new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2)

const decodeNames = (bytes: Uint8Array, count: number): string[] => {
  const reader = new ByteReader(bytes)
  return Array.from({ length: count }, () => reader.string())
}

const decodePairs = (bytes: Uint8Array): [string, string][] => {
  const reader = new ByteReader(bytes)
  const pairs: [string, string][] = []
  while (!reader.done) pairs.push([reader.string(), reader.string()])
  return pairs
}
