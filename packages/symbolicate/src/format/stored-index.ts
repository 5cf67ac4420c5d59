import type { IndexReader } from '../reader.ts'
import { StoredScopes } from '../scopes/stored-scopes.ts'
import { ByteReader } from './byte-reader.ts'
import type { IndexCache } from './index-cache.ts'
import { readHeader } from './index-header.ts'
import { IndexPages } from './index-pages.ts'
import { HEADER, LINE, MAPPING_FIELDS, NO_SCRIPT, PIECE_FIELDS, PIECE_LENGTH, PIECE_OFFSET } from './layout.ts'
import { PageDirectory } from './page-directory.ts'
import type { Found } from './place-memo.ts'
import { decodeSource, type SourceRecord } from './source-record.ts'
import { StoredList } from './stored-list.ts'
import { StoredTable } from './stored-table.ts'
import { TextCursor } from './text-cursor.ts'

/** Names that are longer are made anew each time. */
const REMEMBERED_NAME = 256

/** An index file, read page by page. */
export class StoredIndex {
  readonly #pages: IndexPages
  readonly #header: Uint32Array
  readonly mappings: StoredTable
  #names: StoredList | undefined
  #sources: StoredList | undefined
  #texts: StoredTable | undefined
  #scopes: StoredTable | undefined
  #classes: Map<string, string> | undefined

  private constructor(pages: IndexPages, header: Uint32Array) {
    this.#pages = pages
    this.#header = header
    this.mappings = new StoredTable(pages, this.#directory(HEADER.mappingDirectory), MAPPING_FIELDS)
  }

  /** Undefined when the index is damaged or of another version. */
  static open(reader: IndexReader, cache: IndexCache): StoredIndex | undefined {
    const header = readHeader(reader)
    const index = header && new StoredIndex(new IndexPages(reader, cache), header)
    return index?.damaged ? undefined : index
  }

  /** True once a page had the wrong checksum: the file must be built again. */
  get damaged(): boolean {
    return this.#pages.damaged
  }

  /** Lines of the generated script that the map speaks of. */
  get lines(): number {
    return this.#header[HEADER.lines]!
  }

  /** What was found for a 0-based place lately. */
  foundAt(line: number, column: number): Found | undefined {
    return this.#pages.cache.places.get(this.#pages.owner, line, column)
  }

  remember(place: { line: number; column: number }, found: Found): Found {
    return this.#pages.cache.places.set(this.#pages.owner, place, found)
  }

  name(number: number): string | undefined {
    if (number < 0) return undefined
    const { cache, owner } = this.#pages
    const known = cache.names.get(owner, number)
    if (known !== undefined) return known
    this.#names ??= new StoredList(this.#pages, this.#directory(HEADER.nameDirectory))
    const record = this.#names.record(number)
    const name = record?.bytes.toString('utf8', record.start, record.end)
    if (name !== undefined && name.length <= REMEMBERED_NAME) cache.names.set(owner, number, name)
    return name
  }

  source(number: number): SourceRecord | undefined {
    const { cache, owner } = this.#pages
    const known = cache.sources.get(owner, number)
    if (known) return known
    this.#sources ??= new StoredList(this.#pages, this.#directory(HEADER.sourceDirectory))
    const record = this.#sources.record(number)
    const source = record && decodeSource(record)
    if (source) cache.sources.set(owner, number, source)
    return source
  }

  /** Reads the lines of a source's text. */
  text(source: SourceRecord): TextCursor {
    this.#texts ??= new StoredTable(this.#pages, this.#directory(HEADER.textDirectory), PIECE_FIELDS)
    return new TextCursor(this.#pages, this.#texts, source)
  }

  /** What is known of the functions around a 0-based place of a source. Valid until the lookup is over. */
  scopes(source: SourceRecord, line: number, column: number): StoredScopes | undefined {
    return line < source.lines ? this.#scopesFrom(source.firstLine, line, column) : undefined
  }

  /** The functions around a 0-based place of the generated script, when it was given to the build. */
  scriptScopes(line: number, column: number): StoredScopes | undefined {
    const first = this.#header[HEADER.scriptLine]!
    return first === NO_SCRIPT ? undefined : this.#scopesFrom(first, line, column)
  }

  /** What a class of the script is called in the original, when the script was given to the build. */
  className(minified: string): string | undefined {
    const at = HEADER.classNames
    this.#classes ??= readPairs(this.#pages.copy(this.#header[at]!, this.#header[at + 1]!))
    return this.#classes.get(minified)
  }

  #scopesFrom(firstLine: number, line: number, column: number): StoredScopes | undefined {
    this.#scopes ??= new StoredTable(this.#pages, this.#directory(HEADER.scopeDirectory), PIECE_FIELDS)
    const ref = this.#scopes.find(firstLine + line, column)
    // A source without functions of its own has none of the one before it.
    if (!ref || ref.rows.get(ref.row, LINE) < firstLine) return undefined
    const page = this.#pages.page(ref.rows.get(ref.row, PIECE_OFFSET), ref.rows.get(ref.row, PIECE_LENGTH))
    return page && new StoredScopes(page)
  }

  #directory(word: number): PageDirectory {
    const bytes = this.#pages.copy(this.#header[word]!, this.#header[word + 1]!)
    return new PageDirectory(bytes ?? new Uint8Array(0))
  }
}

const readPairs = (bytes: Uint8Array = new Uint8Array(0)): Map<string, string> => {
  const reader = new ByteReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const pairs = new Map<string, string>()
  while (!reader.done) pairs.set(reader.string(), reader.string())
  return pairs
}
