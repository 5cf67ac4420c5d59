import { FIELD_HEAD, FIRST_BIT, HEAD, OPTIONAL, WIDTH } from './packed-rows.ts'

const MAX_ROWS = 0xffff

const bitsFor = (distance: number): number => 32 - Math.clz32(distance)

/** Where the next field begins when `bit` bits of the row are taken: a number is read out of four bytes. */
const firstBit = (bit: number, width: number): number => ((bit & 7) + width > 32 ? (bit + 7) & ~7 : bit)

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
    const rowBytes = this.#rowBytes()
    const out = new Uint8Array(this.#size(this.#count, rowBytes))
    const view = new DataView(out.buffer)
    view.setUint16(0, this.#count, true)
    view.setUint16(2, rowBytes, true)
    let bit = 0
    for (let field = 0; field < this.#fields; field++) {
      const width = this.#width(field)
      const head = HEAD + field * FIELD_HEAD
      bit = firstBit(bit, width)
      view.setInt32(head, this.#base(field), true)
      view.setUint16(head + FIRST_BIT, bit, true)
      view.setUint8(head + WIDTH, width)
      view.setUint8(head + OPTIONAL, this.#hasNone[field]!)
      this.#writeField(out, field, { bit, width, rowBytes })
      bit += width
    }
    this.#clear()
    return out
  }

  #writeField(out: Uint8Array, field: number, place: { bit: number; width: number; rowBytes: number }): void {
    const base = this.#base(field)
    let at = (HEAD + this.#fields * FIELD_HEAD) * 8 + place.bit
    for (let row = 0; row < this.#count; row++, at += place.rowBytes * 8) {
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
    return (this.#most[field]! < 0 ? 0 : this.#least[field]!) - this.#hasNone[field]!
  }

  #width(field: number): number {
    return this.#most[field]! < 0 ? 0 : bitsFor(this.#most[field]! - this.#base(field))
  }

  #rowBytes(): number {
    let bit = 0
    for (let field = 0; field < this.#fields; field++) bit = firstBit(bit, this.#width(field)) + this.#width(field)
    return (bit + 7) >>> 3
  }

  #size(rows: number, rowBytes: number): number {
    return HEAD + this.#fields * FIELD_HEAD + rows * rowBytes
  }

  /** The size with one more row. */
  #sizeWith(values: Int32Array, at: number): number {
    let bit = 0
    for (let field = 0; field < this.#fields; field++) {
      const value = values[at + field]!
      const none = value < 0 ? 1 : this.#hasNone[field]!
      const least = value < 0 ? this.#least[field]! : Math.min(this.#least[field]!, value)
      const most = Math.max(this.#most[field]!, value)
      const width = most < 0 ? 0 : bitsFor(most - least + none)
      bit = firstBit(bit, width) + width
    }
    return this.#size(this.#count + 1, (bit + 7) >>> 3)
  }

  #grow(): void {
    const grown = new Int32Array(this.#rows.length * 2)
    grown.set(this.#rows)
    this.#rows = grown
  }
}

const writeBits = (out: Uint8Array, bit: number, value: number, width: number): void => {
  let at = bit
  for (let left = width; left > 0;) {
    const taken = Math.min(left, 8 - (at & 7))
    left -= taken
    out[at >>> 3]! |= ((value >>> left) & ((1 << taken) - 1)) << (8 - (at & 7) - taken)
    at += taken
  }
}
