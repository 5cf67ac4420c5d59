/**
 * Rows of whole numbers, all with the same fields, coded so that every number can be read in place: each field is stored as
 * its distance from the smallest value of the field, in as many bits as the largest distance takes.
 *
 *   u16 rows, u16 bits of a row, then for each field: i32 base, u8 bits (128: optional), u16 first bit; then the rows
 *
 * An optional field may be -1, which is coded as 0.
 */
const HEAD = 4
const FIELD_HEAD = 7
const OPTIONAL = 128
const MAX_ROWS = 0xffff

/** Reads past the last number touch up to this many bytes behind the rows, whatever they hold. */
export const READ_MARGIN = 8

const bitsFor = (distance: number): number => 32 - Math.clz32(distance)

/** Takes rows as long as their coding fits a size. */
export class RowPacker {
  readonly #fields: number
  readonly #limit: number
  #rows: Int32Array
  #count = 0
  readonly #least: Int32Array
  readonly #most: Int32Array
  readonly #hasNone: Uint8Array

  /** @param limit - Bytes that the coded rows may take. */
  constructor(fields: number, limit = Infinity) {
    this.#fields = fields
    this.#limit = limit
    this.#rows = new Int32Array(fields * 256)
    this.#least = new Int32Array(fields)
    this.#most = new Int32Array(fields)
    this.#hasNone = new Uint8Array(fields)
    this.#clear()
  }

  get count(): number {
    return this.#count
  }

  /** A number of the first row. */
  first(field: number): number {
    return this.#rows[field]!
  }

  /** Adds a row that begins at `at`; false, and nothing added, when it does not fit any more. A first row always fits. */
  push(values: Int32Array, at = 0): boolean {
    if (this.#count > 0 && (this.#count === MAX_ROWS || this.#sizeWith(values, at) > this.#limit)) return false
    if ((this.#count + 1) * this.#fields > this.#rows.length) this.#grow()
    const row = this.#count++ * this.#fields
    for (let field = 0; field < this.#fields; field++) {
      const value = values[at + field]!
      this.#rows[row + field] = value
      if (value < 0) this.#hasNone[field] = 1
      else {
        if (value < this.#least[field]!) this.#least[field] = value
        if (value > this.#most[field]!) this.#most[field] = value
      }
    }
    return true
  }

  /** The rows so far, coded; the packer is empty afterwards. */
  take(): Uint8Array {
    const widths = Array.from({ length: this.#fields }, (_, field) => this.#width(field))
    const rowBits = widths.reduce((sum, width) => sum + width, 0)
    const out = new Uint8Array(this.#size(this.#count, rowBits))
    const view = new DataView(out.buffer)
    view.setUint16(0, this.#count, true)
    view.setUint16(2, rowBits, true)
    let bit = 0
    for (const [field, width] of widths.entries()) {
      const head = HEAD + field * FIELD_HEAD
      view.setInt32(head, this.#base(field), true)
      view.setUint8(head + 4, width | (this.#hasNone[field]! ? OPTIONAL : 0))
      view.setUint16(head + 5, bit, true)
      this.#writeField(out, field, { bit, width, rowBits })
      bit += width
    }
    this.#clear()
    return out
  }

  #writeField(out: Uint8Array, field: number, place: { bit: number; width: number; rowBits: number }): void {
    const base = this.#base(field)
    let at = (HEAD + this.#fields * FIELD_HEAD) * 8 + place.bit
    for (let row = 0; row < this.#count; row++, at += place.rowBits) {
      const value = this.#rows[row * this.#fields + field]!
      writeBits(out, at, value < 0 ? 0 : value - base, place.width)
    }
  }

  #clear(): void {
    this.#count = 0
    this.#least.fill(0x7fffffff)
    this.#most.fill(-1)
    this.#hasNone.fill(0)
  }

  #base(field: number): number {
    return this.#most[field]! < 0 ? 0 : this.#least[field]! - this.#hasNone[field]!
  }

  #width(field: number): number {
    return this.#most[field]! < 0 ? 0 : bitsFor(this.#most[field]! - this.#base(field))
  }

  #size(rows: number, rowBits: number): number {
    return HEAD + this.#fields * FIELD_HEAD + Math.ceil((rows * rowBits) / 8)
  }

  /** The size with one more row. */
  #sizeWith(values: Int32Array, at: number): number {
    let rowBits = 0
    for (let field = 0; field < this.#fields; field++) {
      const value = values[at + field]!
      const none = value < 0 ? 1 : this.#hasNone[field]!
      const least = value < 0 ? this.#least[field]! : Math.min(this.#least[field]!, value)
      const most = Math.max(this.#most[field]!, value)
      if (most >= 0) rowBits += bitsFor(most - least + none)
    }
    return this.#size(this.#count + 1, rowBits)
  }

  #grow(): void {
    const grown = new Int32Array(this.#rows.length * 2)
    grown.set(this.#rows)
    this.#rows = grown
  }
}

const writeBits = (out: Uint8Array, bit: number, value: number, width: number): void => {
  let rest = value
  let at = bit
  for (let left = width; left > 0;) {
    const room = 8 - (at & 7)
    out[at >>> 3]! |= (rest << (at & 7)) & 255
    rest >>>= room
    at += room
    left -= room
  }
}

/** Coded rows, read in place. The bytes must reach READ_MARGIN beyond them. */
export class PackedRows {
  readonly #bytes: Uint8Array
  readonly #head: number
  readonly #bits: number
  readonly #rowBits: number
  readonly count: number

  /** @param start - Where the coding begins in the bytes. */
  constructor(bytes: Uint8Array, start: number, fields: number) {
    this.#bytes = bytes
    this.#head = start + HEAD
    this.#bits = (start + HEAD + fields * FIELD_HEAD) * 8
    this.count = bytes[start]! | (bytes[start + 1]! << 8)
    this.#rowBits = bytes[start + 2]! | (bytes[start + 3]! << 8)
  }

  /** Where the coding ends in the bytes. */
  get end(): number {
    return Math.ceil((this.#bits + this.count * this.#rowBits) / 8)
  }

  get(row: number, field: number): number {
    const bytes = this.#bytes
    const head = this.#head + field * FIELD_HEAD
    const width = bytes[head + 4]!
    if (width === 0) return baseAt(bytes, head)
    const bit = this.#bits + row * this.#rowBits + (bytes[head + 5]! | (bytes[head + 6]! << 8))
    if (width < OPTIONAL) return (baseAt(bytes, head) + readBits(bytes, bit, width)) | 0
    const value = readBits(bytes, bit, width & 63)
    return value === 0 ? -1 : (baseAt(bytes, head) + value) | 0
  }

  /** The last row whose first two fields, a line and a column, are at or before the given ones; -1 for none. */
  lastUpTo(line: number, column: number): number {
    // Most pages lie within one line, and most of the time of a lookup is spent here.
    if (this.#bytes[this.#head + 4] === 0) {
      const only = baseAt(this.#bytes, this.#head)
      if (only === line) return this.#lastColumnUpTo(column)
      return only < line ? this.count - 1 : -1
    }
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

  #lastColumnUpTo(column: number): number {
    const bytes = this.#bytes
    const rowBits = this.#rowBits
    const head = this.#head + FIELD_HEAD
    const width = bytes[head + 4]!
    const distance = column - baseAt(bytes, head)
    if (distance < 0 || this.count === 0) return -1
    const first = this.#bits + (bytes[head + 5]! | (bytes[head + 6]! << 8))
    let low = 0
    let high = this.count
    while (low + 1 < high) {
      const middle = (low + high) >>> 1
      if (readBits(bytes, first + middle * rowBits, width) <= distance) low = middle
      else high = middle
    }
    return low
  }
}

const baseAt = (bytes: Uint8Array, head: number): number =>
  bytes[head]! | (bytes[head + 1]! << 8) | (bytes[head + 2]! << 16) | (bytes[head + 3]! << 24)

const readBits = (bytes: Uint8Array, bit: number, width: number): number => {
  if (width === 0) return 0
  const at = bit >>> 3
  const shift = bit & 7
  const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
  const value = shift + width > 32 ? (word >>> shift) | (bytes[at + 4]! << (32 - shift)) : word >>> shift
  return width === 32 ? value >>> 0 : value & ((1 << width) - 1)
}
