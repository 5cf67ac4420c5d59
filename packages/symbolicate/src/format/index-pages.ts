import { inflateRawSync } from 'node:zlib'
import type { IndexReader } from '../reader.ts'
import { checksum } from './checksum.ts'
import type { IndexCache } from './index-cache.ts'
import { CHECKSUM_SIZE, PAGE_SIZE } from './layout.ts'
import { READ_MARGIN } from './packed-rows.ts'
import { pageOf, type Page } from './page-cache.ts'

/** zlib takes no smaller buffer than this. */
const MIN_CHUNK = 64

/** The pages of one index file, each checked when it is read. */
export class IndexPages {
  readonly #reader: IndexReader
  readonly #owner: number
  readonly cache: IndexCache

  /** Set when a page had the wrong checksum: the file must be built again. */
  damaged = false

  constructor(reader: IndexReader, cache: IndexCache) {
    this.#reader = reader
    this.cache = cache
    this.#owner = cache.register()
  }

  get owner(): number {
    return this.#owner
  }

  /** The payload of a page, with more behind it; valid until the lookup is over. */
  page(offset: number, length: number): Page | undefined {
    const known = this.cache.pages.get(this.#owner, offset)
    if (known) return known
    const read = this.#read(offset, length)
    // What is longer than a page is one thing that did not fit: rare, and not worth a place for many.
    return (
      read && (length > PAGE_SIZE ? pageOf(Buffer.from(read.buffer)) : this.cache.pages.put(this.#owner, offset, read))
    )
  }

  /** Whether a page that was got once still holds what stands at the offset. */
  isStill(page: Page, offset: number): boolean {
    return this.cache.pages.isStill(page, this.#owner, offset)
  }

  /** A page that holds deflated text: the text. */
  inflated(offset: number, length: number, size: number): Buffer | undefined {
    const known = this.cache.pages.get(this.#owner, offset)
    if (known) return known.bytes
    const read = this.#read(offset, length)
    if (!read || size > PAGE_SIZE) return undefined
    const options = { chunkSize: Math.max(MIN_CHUNK, size), maxOutputLength: PAGE_SIZE }
    const text = inflateRawSync(read.subarray(0, length - CHECKSUM_SIZE), options)
    return this.cache.pages.put(this.#owner, offset, text).bytes
  }

  /** The payload of a page as an own copy; nothing for an empty reference. */
  copy(offset: number, length: number): Uint8Array | undefined {
    if (length === 0) return new Uint8Array(0)
    const read = this.#read(offset, length)
    return read && new Uint8Array(read.subarray(0, length - CHECKSUM_SIZE))
  }

  #read(offset: number, length: number): Uint8Array | undefined {
    if (length <= CHECKSUM_SIZE || offset + length > this.#reader.size) return this.#damage()
    const into = length > PAGE_SIZE ? new Uint8Array(length + READ_MARGIN) : this.cache.scratch
    if (this.#reader.readInto(into, offset, length) !== length) return this.#damage()
    const payload = length - CHECKSUM_SIZE
    return checksum(into.subarray(0, payload), offset) === u32At(into, payload) ? into : this.#damage()
  }

  #damage(): undefined {
    this.damaged = true
    return undefined
  }
}

const u32At = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
