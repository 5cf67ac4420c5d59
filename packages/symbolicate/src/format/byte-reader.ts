/** Where a record stands in the bytes of its page. Valid until the lookup is over. */
export interface RecordRef {
  bytes: Buffer
  start: number
  end: number
}

/** Reads what ByteWriter wrote. Past the end every number is 0 and every string empty, so that a bad length cannot crash. */
export class ByteReader {
  readonly #bytes: Buffer
  readonly #end: number
  #at: number

  constructor(bytes: Buffer, start = 0, end: number = bytes.length) {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
  }

  get done(): boolean {
    return this.#at >= this.#end
  }

  byte(): number {
    return this.#at < this.#end ? this.#bytes[this.#at++]! : 0
  }

  varint(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte()
      value |= (byte & 127) << shift
      if (byte < 128) break
    }
    return value >>> 0
  }

  bytes(length: number): Uint8Array {
    const part = this.#bytes.subarray(this.#at, this.#at + length)
    this.#at += length
    return part
  }

  string(): string {
    const length = this.varint()
    const start = this.#at
    this.#at += length
    return this.#bytes.toString('utf8', start, Math.min(this.#at, this.#end))
  }
}
