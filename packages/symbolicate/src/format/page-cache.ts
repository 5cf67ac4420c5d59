import { PAGE_SIZE } from './layout.ts'
import { READ_MARGIN } from './packed-rows.ts'

/** Pages that compete for the same places; the last ones used stay, so a lookup may hold so many at a time. */
const WAYS = 8
/** Bytes that a page takes. */
const ROOM = PAGE_SIZE + READ_MARGIN

/** Bytes of an index. Those of the cache hold other bytes later: what was read from them is valid until the lookup is over. */
export interface Page {
  readonly bytes: Buffer
  readonly view: DataView
  /** Which index and place of it the bytes are those of; 0 for a page that is not kept. */
  owner: number
  offset: number
  /** When it was used last. */
  used: number
}

/** A page of its own, for bytes that are not kept. */
export const pageOf = (bytes: Buffer): Page => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  owner: 0,
  offset: 0,
  used: 0,
})

/**
 * Keeps pages of all open indexes in memory that is given out once and never back: lookups run a few million times a second,
 * and what they leave to the garbage collector stands in memory until it comes. Set-associative as the caches of processors
 * are: a page has WAYS places, and takes that of the one used longest ago.
 */
export class PageCache {
  readonly #sets: number
  /** Of all pages; the operating system gives what is written to. */
  readonly #memory: Buffer
  /** Filled with use. */
  readonly #places: (Page | undefined)[] = []
  #clock = 0

  /** @param bytes - What the pages may take together; rounded down to whole sets. */
  constructor(bytes: number) {
    this.#sets = Math.max(1, Math.floor(bytes / PAGE_SIZE / WAYS))
    this.#places.length = this.#sets * WAYS
    this.#memory = Buffer.allocUnsafeSlow(this.#places.length * ROOM)
  }

  /** The page of an index at an offset; it stays as it is until WAYS - 1 others have been put. Owners count from 1. */
  get(owner: number, offset: number): Page | undefined {
    const first = this.#firstOf(owner, offset)
    for (let at = first; at < first + WAYS; at++) {
      const page = this.#places[at]
      if (page && this.isStill(page, owner, offset)) return page
    }
    return undefined
  }

  /** Whether a page that was got once still is the same; this, too, is a use. */
  isStill(page: Page, owner: number, offset: number): boolean {
    if (page.offset !== offset || page.owner !== owner) return false
    page.used = ++this.#clock
    return true
  }

  /** Keeps a copy of a page. */
  put(owner: number, offset: number, bytes: Uint8Array): Page {
    const at = this.#oldest(this.#firstOf(owner, offset))
    const page = (this.#places[at] ??= pageOf(this.#memory.subarray(at * ROOM, (at + 1) * ROOM)))
    page.bytes.set(bytes)
    page.owner = owner
    page.offset = offset
    page.used = ++this.#clock
    return page
  }

  #oldest(first: number): number {
    let oldest = first
    for (let at = first; at < first + WAYS; at++) {
      const page = this.#places[at]
      if (!page) return at
      if (page.used < this.#places[oldest]!.used) oldest = at
    }
    return oldest
  }

  #firstOf(owner: number, offset: number): number {
    const mixed = Math.imul(Math.imul(owner, 0x9e3779b1) ^ offset, 0x85ebca6b)
    return ((mixed >>> 12) % this.#sets) * WAYS
  }
}
