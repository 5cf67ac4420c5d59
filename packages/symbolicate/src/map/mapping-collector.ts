import type { TableWriter } from '../format/table-writer.ts'
import {
  COLUMN,
  IS_RANGE,
  LINE,
  MAPPING_FIELDS as FIELDS,
  NAME,
  ORIGINAL_COLUMN,
  ORIGINAL_LINE,
  SOURCE_INDEX,
} from '../format/layout.ts'
import { decodeRangeMappings, UNMAPPED, type MappingSink, type OriginalPosition } from './decode-mappings.ts'
import { before, type MapPart } from './read-map.ts'

/** Where the sources and names of a part begin in the tables of the whole index. */
export interface TableBase {
  source: number
  name: number
}

/**
 * Brings decoded segments into the order and form of the index: absolute lines, sorted columns, one mapping for each
 * position, none that repeats its neighbour. One line is held at a time.
 */
export class MappingCollector implements MappingSink {
  readonly #table: TableWriter
  readonly #limit: number
  /** The mappings of line `#held`, in the order in which they came. */
  #line = new Int32Array(FIELDS * 1024)
  #lineCount = 0
  #held = 0
  #sorted = true
  #part: MapPart | undefined
  #base: TableBase = { source: 0, name: 0 }
  #ranges: Map<number, Set<number>> | undefined
  #current = 0

  /** Mappings taken from the map. */
  seen = 0
  /** Mappings left after dropping repetitions. */
  kept = 0
  unsortedLines = 0

  constructor(table: TableWriter, limit: number) {
    this.#table = table
    this.#limit = limit
  }

  get tooMany(): boolean {
    return this.seen > this.#limit
  }

  /** Number of generated lines that the map speaks of. */
  get lines(): number {
    return this.#held + 1
  }

  beginPart(part: MapPart, base: TableBase): void {
    this.#part = part
    this.#base = base
    this.#current = part.start.line
    this.#ranges = part.rangeMappings === undefined ? undefined : decodeRangeMappings(part.rangeMappings)
    // What comes before a section's first mapping belongs to nobody, least of all to the section on its left.
    if (part.start.column > 0) this.#push(part.start.column, -1, UNMAPPED, false)
  }

  mapping(column: number, source: number, original: OriginalPosition, ordinal: number): void {
    const { start, end } = this.#part!
    this.seen++
    const line = this.#current
    const absolute = line === start.line ? column + start.column : column
    if (end && !before({ line, column: absolute }, end)) return
    // What maps to nothing has nothing to move on from.
    const range = source >= 0 && this.#ranges?.get(line - start.line)?.has(ordinal) === true
    this.#push(absolute, source < 0 ? -1 : source + this.#base.source, original, range)
  }

  endLine(): boolean {
    const { end } = this.#part!
    this.#current++
    return !this.tooMany && !(end && this.#current > end.line)
  }

  finish(): void {
    this.#flushLine()
  }

  #push(column: number, source: number, original: OriginalPosition, range: boolean): void {
    if (this.#current !== this.#held) {
      this.#flushLine()
      this.#held = this.#current
    }
    if ((this.#lineCount + 1) * FIELDS > this.#line.length) this.#growLine()
    const at = this.#lineCount++ * FIELDS
    const line = this.#line
    if (at > 0 && column < line[at - FIELDS + COLUMN]!) this.#sorted = false
    line[at + LINE] = this.#held
    line[at + COLUMN] = column
    line[at + SOURCE_INDEX] = source
    line[at + ORIGINAL_LINE] = original.line
    line[at + ORIGINAL_COLUMN] = original.column
    line[at + NAME] = original.name < 0 ? -1 : original.name + this.#base.name
    line[at + IS_RANGE] = range ? 1 : 0
  }

  #growLine(): void {
    const grown = new Int32Array(this.#line.length * 2)
    grown.set(this.#line)
    this.#line = grown
  }

  #flushLine(): void {
    const line = this.#sorted ? this.#line : this.#sortedLine()
    let previous = -1
    for (let i = 0; i < this.#lineCount; i++) {
      const at = i * FIELDS
      const next = at + FIELDS
      // Of several mappings at one position the last that has a source counts.
      if (i + 1 < this.#lineCount && line[next + COLUMN] === line[at + COLUMN]) {
        if (line[next + SOURCE_INDEX]! < 0) line.copyWithin(next, at, at + FIELDS)
        continue
      }
      if (previous >= 0 && repeats(line, previous, at)) continue
      this.#table.push(line, at)
      this.kept++
      previous = at
    }
    this.#lineCount = 0
    this.#sorted = true
  }

  #sortedLine(): Int32Array {
    this.unsortedLines++
    const order = Array.from({ length: this.#lineCount }, (_, i) => i * FIELDS)
    order.sort((a, b) => this.#line[a + COLUMN]! - this.#line[b + COLUMN]!)
    const sorted = new Int32Array(this.#lineCount * FIELDS)
    for (const [i, from] of order.entries()) sorted.set(this.#line.subarray(from, from + FIELDS), i * FIELDS)
    return sorted
  }
}

/** Whether the later mapping says nothing that the earlier one, which reaches up to it, does not. */
const repeats = (line: Int32Array, earlier: number, later: number): boolean => {
  if (line[earlier + IS_RANGE] === 1 || line[later + IS_RANGE] === 1) return false
  for (let field = SOURCE_INDEX; field <= NAME; field++) if (line[earlier + field] !== line[later + field]) return false
  return true
}
