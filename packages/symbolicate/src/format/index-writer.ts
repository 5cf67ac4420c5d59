import { ByteWriter } from './byte-writer.ts'
import { checksum } from './checksum.ts'
import {
  CHECKSUM_SIZE,
  HEADER,
  HEADER_SIZE,
  INDEX_VERSION,
  MAGIC,
  MAPPING_FIELDS,
  NO_SCRIPT,
  PIECE_FIELDS,
  type PageRef,
} from './layout.ts'
import { ListWriter } from './list-writer.ts'
import { TableWriter } from './table-writer.ts'

/** Counts that go into the header. */
export interface IndexCounts {
  mappings: number
  lines: number
  names: number
  sources: number
}

/** What the generated script told, when it was given. */
export interface ScriptParts {
  classNames?: PageRef | undefined
  /** Line of the table of functions at which those of the script begin. */
  firstLine?: number | undefined
}

/** Puts an index file together: pages as they come, directories and header at the end. */
export class IndexWriter {
  readonly #out = new ByteWriter(64 * 1024)
  readonly #store = (payload: Uint8Array): PageRef => this.page(payload)
  readonly mappings: TableWriter = new TableWriter(this.#store, MAPPING_FIELDS)
  readonly texts: TableWriter = new TableWriter(this.#store, PIECE_FIELDS)
  readonly scopes: TableWriter = new TableWriter(this.#store, PIECE_FIELDS)
  readonly names: ListWriter = new ListWriter(this.#store)
  readonly sources: ListWriter = new ListWriter(this.#store)

  constructor() {
    this.#out.bytes(new Uint8Array(HEADER_SIZE))
  }

  page(payload: Uint8Array): PageRef {
    if (payload.length === 0) return { offset: 0, length: 0 }
    const offset = this.#out.length
    this.#out.bytes(payload)
    this.#out.u32(checksum(payload, offset))
    return { offset, length: payload.length + CHECKSUM_SIZE }
  }

  /** @param input - SHA-256 of the map. */
  finish(counts: IndexCounts, input: Uint8Array, script: ScriptParts): Uint8Array {
    const tables = [this.mappings, this.names, this.sources, this.texts, this.scopes]
    for (const table of tables) table.flush()
    const directories = tables.map(({ directory }) => this.page(words(directory)))
    const file = this.#out.view().slice()
    const header = new DataView(file.buffer, 0, HEADER_SIZE)
    const set = (word: number, value: number): void => header.setUint32(word * 4, value, true)
    set(HEADER.magic, MAGIC)
    set(HEADER.version, INDEX_VERSION)
    set(HEADER.size, file.length)
    for (const key of ['mappings', 'lines', 'names', 'sources'] as const) set(HEADER[key], counts[key])
    const none = { offset: 0, length: 0 }
    for (const [i, { offset, length }] of [...directories, script.classNames ?? none].entries()) {
      set(HEADER.mappingDirectory + i * 2, offset)
      set(HEADER.mappingDirectory + i * 2 + 1, length)
    }
    set(HEADER.scriptLine, script.firstLine ?? NO_SCRIPT)
    file.set(input.subarray(0, 8), HEADER.input * 4)
    set(HEADER.crc, checksum(file.subarray(0, HEADER_SIZE), 0))
    return file
  }
}

const words = (values: readonly number[]): Uint8Array => {
  const bytes = new DataView(new ArrayBuffer(values.length * 4))
  for (const [i, value] of values.entries()) bytes.setUint32(i * 4, value, true)
  return new Uint8Array(bytes.buffer)
}
