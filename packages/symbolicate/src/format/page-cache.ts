import { PAGE_SIZE } from './layout.ts'
import { READ_MARGIN } from './packed-rows.ts'

/** Pages that compete for the same places; the last ones used stay, so a lookup may hold so many at a time. */
const WAYS = 8

/**
 * Keeps pages of all open indexes in memory that is given out once and never back: lookups run a few million times a second,
 * and what they leave to the garbage collector stands in memory until it comes. Set-associative as the caches of processors
 * are: a page has WAYS places, and takes that of the one used longest ago.
 */
export class PageCache {
  readonly #sets: number
  readonly #owners: Int32Array
  readonly #offsets: Int32Array
  readonly #uses: Float64Array
  /** Where the page of a place stands in the list of pages, which grows with use. */
  readonly #pages: Buffer[] = []
  readonly #pageAt: Int32Array
  #clock = 0

  /** @param bytes - What the pages may take together; rounded down to whole sets. */
  constructor(bytes: number) {
    this.#sets = Math.max(1, Math.floor(bytes / PAGE_SIZE / WAYS))
    this.#owners = new Int32Array(this.#sets * WAYS)
    this.#offsets = new Int32Array(this.#sets * WAYS)
    this.#uses = new Float64Array(this.#sets * WAYS)
    this.#pageAt = new Int32Array(this.#sets * WAYS)
  }

  /** The page of an index at an offset; it stays as it is until WAYS - 1 others have been put. Owners count from 1. */
  get(owner: number, offset: number): Buffer | undefined {
    const first = this.#firstOf(owner, offset)
    for (let at = first; at < first + WAYS; at++) {
      if (this.#offsets[at] !== offset || this.#owners[at] !== owner) continue
      this.#uses[at] = ++this.#clock
      return this.#pages[this.#pageAt[at]!]
    }
    return undefined
  }

  /** Keeps a copy of a page. */
  put(owner: number, offset: number, page: Uint8Array): Buffer {
    const at = this.#oldest(this.#firstOf(owner, offset))
    if (this.#owners[at] === 0) this.#pageAt[at] = this.#pages.push(Buffer.allocUnsafeSlow(PAGE_SIZE + READ_MARGIN)) - 1
    const kept = this.#pages[this.#pageAt[at]!]!
    kept.set(page)
    this.#owners[at] = owner
    this.#offsets[at] = offset
    this.#uses[at] = ++this.#clock
    return kept
  }

  #oldest(first: number): number {
    let oldest = first
    for (let at = first + 1; at < first + WAYS; at++) if (this.#uses[at]! < this.#uses[oldest]!) oldest = at
    return oldest
  }

  #firstOf(owner: number, offset: number): number {
    const mixed = Math.imul(Math.imul(owner, 0x9e3779b1) ^ offset, 0x85ebca6b)
    return ((mixed >>> 12) % this.#sets) * WAYS
  }
}
