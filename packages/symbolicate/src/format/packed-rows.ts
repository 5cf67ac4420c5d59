/**
 * Rows of whole numbers, all with the same fields, coded so that every number can be read in place: each field is stored as
 * its distance from the smallest value of the field, in as many bits as the largest distance takes.
 *
 *   u16 rows, u16 bytes of a row, then for each field: i32 base, u16 first bit, u8 bits, u8 1 when it is optional; then the rows
 *
 * A row takes whole bytes, and the bits in them count from the highest: the first two fields of rows that are sorted by them
 * read as one number that grows. No field reaches into a fifth byte. An optional field may be -1, which is coded as 0.
 */

/** Bytes before the heads of the fields, and of each; then where in a head its parts are. */
export const HEAD = 4
export const FIELD_HEAD = 8
export const FIRST_BIT = 4
export const WIDTH = 6
export const OPTIONAL = 7
/** Numbers of so many bits are compared without their sign getting in the way. */
const KEY_BITS = 30

/** Reads past the last number touch up to this many bytes behind the rows, whatever they hold. */
export const READ_MARGIN = 8

/** Coded rows, read in place. The bytes must reach READ_MARGIN beyond them. */
export class PackedRows {
  readonly #view: DataView
  readonly #head: number
  readonly #start: number
  readonly #rowBytes: number
  readonly count: number

  /** @param start - Where the coding begins in the view. */
  constructor(view: DataView, start: number, fields: number) {
    this.#view = view
    this.#head = start + HEAD
    this.#start = start + HEAD + fields * FIELD_HEAD
    this.count = view.getUint16(start, true)
    this.#rowBytes = view.getUint16(start + 2, true)
  }

  /** Where the coding ends in the view. */
  get end(): number {
    return this.#start + this.count * this.#rowBytes
  }

  get(row: number, field: number): number {
    const view = this.#view
    const head = this.#head + field * FIELD_HEAD
    const base = view.getInt32(head, true)
    const width = view.getUint8(head + WIDTH)
    if (width === 0) return base
    const bit = view.getUint16(head + FIRST_BIT, true)
    const word = view.getUint32(this.#start + row * this.#rowBytes + (bit >>> 3))
    const distance = (word << (bit & 7)) >>> (32 - width)
    return distance === 0 && view.getUint8(head + OPTIONAL) === 1 ? -1 : (base + distance) | 0
  }

  /** The last row whose first two fields, a line and a column, are at or before the given ones; -1 for none. */
  lastUpTo(line: number, column: number): number {
    const head = this.#head
    const lineBits = this.#view.getUint8(head + WIDTH)
    const columnBits = this.#view.getUint8(head + FIELD_HEAD + WIDTH)
    if (lineBits + columnBits > KEY_BITS) return this.#lastFieldsUpTo(line, column)
    const lines = line - this.#view.getInt32(head, true)
    if (lines < 0) return -1
    if (lines >= 1 << lineBits) return this.count - 1
    const columns = column - this.#view.getInt32(head + FIELD_HEAD, true)
    const within = Math.max(-1, Math.min(columns, (1 << columnBits) - 1))
    return this.#lastKeyUpTo((lines << columnBits) + within, lineBits + columnBits)
  }

  /** Most of the time of a lookup is spent here. */
  #lastKeyUpTo(key: number, bits: number): number {
    if (bits === 0) return key < 0 ? -1 : this.count - 1
    const view = this.#view
    const start = this.#start
    const rowBytes = this.#rowBytes
    const unused = 32 - bits
    let row = 0
    let rows = this.count
    // Three places at a time, compared without a branch: a processor waits for them together and has nothing to guess.
    while (rows > 3) {
      const quarter = rows >>> 2
      const step = quarter * rowBytes
      const at = start + row * rowBytes + step
      const first = signOf((view.getUint32(at) >>> unused) - key - 1)
      const second = signOf((view.getUint32(at + step) >>> unused) - key - 1)
      const third = signOf((view.getUint32(at + 2 * step) >>> unused) - key - 1)
      row -= quarter * (first + second + third)
      rows -= 3 * quarter
    }
    while (row + 1 < this.count && view.getUint32(start + (row + 1) * rowBytes) >>> unused <= key) row++
    return view.getUint32(start + row * rowBytes) >>> unused <= key ? row : -1
  }

  /** The same where the two fields do not fit one number. */
  #lastFieldsUpTo(line: number, column: number): number {
    let low = -1
    let high = this.count
    while (low + 1 < high) {
      const middle = (low + high) >>> 1
      const rowLine = this.get(middle, 0)
      if (rowLine < line || (rowLine === line && this.get(middle, 1) <= column)) low = middle
      else high = middle
    }
    return low
  }
}

/** -1 for a negative number, else 0. */
const signOf = (value: number): number => value >> 31
