import { checksum } from './checksum.ts'
import { ByteWriter } from './byte-writer.ts'
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
import { COLUMN, encodeBlock, LINE } from './mapping-block.ts'

/** Counts that go into the header. */
export interface IndexCounts {
  mappings: number
  lines: number
  names: number
  sources: number
}

/** What the generated script told, when it was given. */
export interface ScriptBlobs {
  scopes?: BlobRef | undefined
  classNames?: BlobRef | undefined
}

/** Puts an index file together: blobs as they come, directories and header at the end. */
export class IndexWriter {
  readonly #out = new ByteWriter(64 * 1024)
  readonly #blocks: number[] = []
  readonly #names: number[] = []
  readonly #sources: number[] = []

  constructor() {
    this.#out.bytes(new Uint8Array(HEADER_SIZE))
  }

  blob(bytes: Uint8Array): BlobRef {
    const ref = { offset: this.#out.length, length: bytes.length, crc: checksum(bytes) }
    this.#out.bytes(bytes)
    return ref
  }

  block(mappings: Int32Array, count: number): void {
    const ref = this.blob(encodeBlock(mappings, count))
    this.#blocks.push(mappings[LINE]!, mappings[COLUMN]!, ref.offset, ref.length, ref.crc)
  }

  names(names: readonly string[]): void {
    for (let at = 0; at < names.length; at += NAMES_PER_CHUNK) {
      const chunk = new ByteWriter()
      for (const name of names.slice(at, at + NAMES_PER_CHUNK)) chunk.string(name)
      pushRef(this.#names, this.blob(chunk.view()))
    }
  }

  source(record: Uint8Array): void {
    pushRef(this.#sources, this.blob(record))
  }

  /** @param input - SHA-256 of the map. */
  finish(counts: IndexCounts, input: Uint8Array, script: ScriptBlobs): Uint8Array {
    const directories = [this.#blocks, this.#names, this.#sources].map((entries) => this.blob(words(entries)))
    const file = this.#out.view().slice()
    const header = new DataView(file.buffer, 0, HEADER_SIZE)
    const set = (word: number, value: number): void => header.setUint32(word * 4, value, true)
    set(HEADER.magic, MAGIC)
    set(HEADER.version, INDEX_VERSION)
    set(HEADER.size, file.length)
    set(HEADER.blocks, this.#blocks.length / BLOCK_ENTRY)
    set(HEADER.mappings, counts.mappings)
    set(HEADER.lines, counts.lines)
    set(HEADER.names, counts.names)
    set(HEADER.sources, this.#sources.length / BLOB_ENTRY)
    const none = { offset: 0, length: 0, crc: 0 }
    const refs = [...directories, script.scopes ?? none, script.classNames ?? none]
    for (const [i, word] of [
      HEADER.blockDirectory,
      HEADER.nameDirectory,
      HEADER.sourceDirectory,
      HEADER.scriptScopes,
      HEADER.classNames,
    ].entries()) {
      set(word, refs[i]!.offset)
      set(word + 1, refs[i]!.length)
      set(word + 2, refs[i]!.crc)
    }
    file.set(input.subarray(0, 8), HEADER.input * 4)
    set(HEADER.crc, checksum(file.subarray(0, HEADER_SIZE)))
    return file
  }
}

const pushRef = (directory: number[], { offset, length, crc }: BlobRef): void => {
  directory.push(offset, length, crc)
}

const words = (values: readonly number[]): Uint8Array => {
  const bytes = new DataView(new ArrayBuffer(values.length * 4))
  for (const [i, value] of values.entries()) bytes.setUint32(i * 4, value, true)
  return new Uint8Array(bytes.buffer)
}
