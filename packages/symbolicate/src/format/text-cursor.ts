import type { IndexPages } from './index-pages.ts'
import { COLUMN, LINE, PAGE_SIZE, PIECE_LENGTH, PIECE_OFFSET, PIECE_SIZE } from './layout.ts'
import type { SourceRecord } from './source-record.ts'
import type { RowRef, StoredTable } from './stored-table.ts'

const LINE_FEED = 10

/** A stretch of one line. */
export interface LinePart {
  text: string
  /** 0-based column of its first character. */
  column: number
  /** Whether the line goes on in the next piece. */
  goesOn: boolean
}

/** Reads the text of one source, line by line: going forward, nothing is read or searched twice. */
export class TextCursor {
  readonly #pages: IndexPages
  readonly #table: StoredTable
  readonly #source: SourceRecord
  #ref: RowRef | undefined
  #bytes: Buffer | undefined
  #size = 0
  /** Line and column of the source, and place in the bytes, at which the next part begins. */
  #line = -1
  #column = 0
  #at = 0

  constructor(pages: IndexPages, table: StoredTable, source: SourceRecord) {
    this.#pages = pages
    this.#table = table
    this.#source = source
  }

  /** The part of a 0-based line in the piece that holds a column; undefined when the text cannot be read. */
  part(line: number, column: number): LinePart | undefined {
    const isHere = this.#isAhead(line, column) && this.#skipTo(line)
    if (!isHere && !(this.#seek(line, column) && this.#skipTo(line))) return undefined
    return this.#take()
  }

  /** What follows a part whose line goes on. */
  rest(): LinePart | undefined {
    return this.#enter(this.#table.next(this.#ref)) ? this.#take() : undefined
  }

  #isAhead(line: number, column: number): boolean {
    if (this.#bytes === undefined || column > PAGE_SIZE) return false
    return this.#line <= line && this.#column === 0 && this.#at < this.#size
  }

  #seek(line: number, column: number): boolean {
    return this.#enter(this.#table.find(this.#source.firstLine + line, column))
  }

  #enter(ref: RowRef | undefined): boolean {
    this.#bytes = undefined
    if (!ref) return false
    const { rows, row } = ref
    const line = rows.get(row, LINE) - this.#source.firstLine
    if (line < 0) return false
    this.#ref = ref
    this.#line = line
    this.#column = rows.get(row, COLUMN)
    this.#at = 0
    this.#size = rows.get(row, PIECE_SIZE)
    this.#bytes = this.#pages.inflated(rows.get(row, PIECE_OFFSET), rows.get(row, PIECE_LENGTH), this.#size)
    return this.#bytes !== undefined
  }

  #skipTo(line: number): boolean {
    while (this.#line < line) {
      const end = this.#lineEnd()
      if (end >= this.#size) return false
      this.#at = end + 1
      this.#line++
      this.#column = 0
    }
    return true
  }

  #take(): LinePart {
    const end = this.#lineEnd()
    const text = this.#bytes!.toString('utf8', this.#at, end)
    const part = { text, column: this.#column, goesOn: end === this.#size && this.#goesOn() }
    this.#at = end + 1
    this.#line++
    this.#column = 0
    return part
  }

  /** Whether the next piece begins inside of the line at hand. */
  #goesOn(): boolean {
    const next = this.#table.next(this.#ref)
    return next !== undefined && next.rows.get(next.row, LINE) === this.#source.firstLine + this.#line
  }

  #lineEnd(): number {
    const end = this.#bytes!.indexOf(LINE_FEED, this.#at)
    return end < 0 || end > this.#size ? this.#size : end
  }
}
