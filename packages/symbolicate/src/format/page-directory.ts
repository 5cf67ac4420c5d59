const ENTRY = 4

/** Which page of a table holds what: line and column of its first row (or number of its first record), offset and length. */
export class PageDirectory {
  readonly #words: Uint32Array

  /** @param bytes - An own copy: directories stay in memory as long as their index is open. */
  constructor(bytes: Uint8Array) {
    // Little-endian, as every machine that runs Node.js today (2026-11).
    this.#words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2)
  }

  get pages(): number {
    return this.#words.length / ENTRY
  }

  /** The last page that begins at or before a place; -1 for none. */
  lastUpTo(line: number, column: number): number {
    const words = this.#words
    let low = -1
    let high = this.pages
    while (low + 1 < high) {
      const middle = (low + high) >>> 1
      const firstLine = words[middle * ENTRY]!
      if (firstLine < line || (firstLine === line && words[middle * ENTRY + 1]! <= column)) low = middle
      else high = middle
    }
    return low
  }

  first(page: number): number {
    return this.#words[page * ENTRY]!
  }

  offset(page: number): number {
    return this.#words[page * ENTRY + 2]!
  }

  length(page: number): number {
    return this.#words[page * ENTRY + 3]!
  }
}
