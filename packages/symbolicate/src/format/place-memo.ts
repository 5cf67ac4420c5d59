/** What the mapping of a generated position says; all 0-based, `name` -1 for none. */
export interface Found {
  source: number
  line: number
  column: number
  name: number
  /** Columns between the mapping and the position. */
  distance: number
}

/** Index, line and column that were asked for; source, line, column, name and distance that were found. */
const FIELDS = 8

/**
 * Remembers what was found for places that were asked for again, each in one place of memory: a newer one takes it over.
 * The same faults come back, and so do the places of their stacks. What is asked for once only leaves a mark, in so
 * little memory that it stays in the processor's cache beside the pages that are searched.
 */
export class PlaceMemo {
  readonly #rows: Int32Array
  /** What was asked for last, in a few bits. */
  readonly #marks: Uint16Array
  readonly #last: number

  /** @param places - A power of two, 65,536 at most. */
  constructor(places: number) {
    this.#rows = new Int32Array(places * FIELDS)
    this.#marks = new Uint16Array(places)
    this.#last = places - 1
  }

  /** What was found for a 0-based place of an index; owners count from 1. */
  get(owner: number, line: number, column: number): Found | undefined {
    const mixed = mix(owner, line, column)
    const place = mixed & this.#last
    if (this.#marks[place] !== mixed >>> 16) return undefined
    const rows = this.#rows
    const at = place * FIELDS
    if (rows[at + 2] !== column || rows[at + 1] !== line || rows[at] !== owner) return undefined
    return {
      source: rows[at + 3]!,
      line: rows[at + 4]!,
      column: rows[at + 5]!,
      name: rows[at + 6]!,
      distance: rows[at + 7]!,
    }
  }

  set(owner: number, asked: { line: number; column: number }, found: Found): Found {
    const mixed = mix(owner, asked.line, asked.column)
    const place = mixed & this.#last
    if (this.#marks[place] === mixed >>> 16) this.#keep(place * FIELDS, owner, asked, found)
    else this.#marks[place] = mixed >>> 16
    return found
  }

  #keep(at: number, owner: number, asked: { line: number; column: number }, found: Found): void {
    const rows = this.#rows
    rows[at] = owner
    rows[at + 1] = asked.line
    rows[at + 2] = asked.column
    rows[at + 3] = found.source
    rows[at + 4] = found.line
    rows[at + 5] = found.column
    rows[at + 6] = found.name
    rows[at + 7] = found.distance
  }
}

/** Bits in which neighbouring places differ, the low ones too. */
const mix = (owner: number, line: number, column: number): number => {
  const mixed = Math.imul(Math.imul(owner, 0x9e3779b1) ^ Math.imul(line, 0x27d4eb2f) ^ column, 0x85ebca6b)
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
}
