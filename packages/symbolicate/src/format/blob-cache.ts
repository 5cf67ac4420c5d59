/** A decoded blob that an index keeps, and how to make the index forget it. */
export interface Cached<T> {
  readonly value: T
  readonly bytes: number
  /** Set by every use, cleared by the sweep. */
  used: boolean
  readonly forget: () => void
}

/**
 * Bounds what all open indexes hold decoded, together. It evicts by the clock algorithm (second chance), so that a use is
 * one flag instead of a move in a list: lookups run a few million times a second.
 */
export class BlobCache {
  readonly #limit: number
  readonly #entries: Cached<unknown>[] = []
  #bytes = 0
  #hand = 0
  readonly #spare: Int32Array[] = []

  /** @param limit - Bytes that decoded blobs may take. */
  constructor(limit: number) {
    this.#limit = limit
  }

  add<T>(value: T, bytes: number, forget: () => void): Cached<T> {
    const entry: Cached<T> = { value, bytes, used: true, forget }
    this.#entries.push(entry)
    this.#bytes += bytes
    while (this.#bytes > this.#limit && this.#entries.length > 1) this.#sweep(entry)
    return entry
  }

  /**
   * Takes the array of an evicted block back. Lookups across many maps evict without end, and arrays outside of the heap
   * wait long for the garbage collector.
   */
  recycle(block: Int32Array): void {
    if (this.#spare.length < SPARE) this.#spare.push(block)
  }

  /** An array of the given length to write into; its old content is of no interest to anybody. */
  array(length: number): Int32Array {
    // A lookup that is under way may still read a block that it made the cache evict; it never holds this many.
    const spare = this.#spare.length > RESTING ? this.#spare.shift() : undefined
    return spare?.length === length ? spare : new Int32Array(length)
  }

  #sweep(newest: Cached<unknown>): void {
    if (this.#hand >= this.#entries.length) this.#hand = 0
    const entry = this.#entries[this.#hand]!
    if (entry === newest || entry.used) {
      entry.used = entry === newest
      this.#hand++
      return
    }
    this.#entries[this.#hand] = this.#entries.at(-1)!
    this.#entries.pop()
    this.#bytes -= entry.bytes
    entry.forget()
  }
}

const RESTING = 16
const SPARE = 64

/** What all indexes share unless told otherwise: 40 MiB, decoded; room for the mappings of a map of 20 MB. */
export const sharedCache = new BlobCache(40 * 1024 * 1024)
