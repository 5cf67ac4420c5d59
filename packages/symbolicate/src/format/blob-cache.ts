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

/** What all indexes share unless told otherwise: 32 MiB, decoded. */
export const sharedCache = new BlobCache(32 * 1024 * 1024)
