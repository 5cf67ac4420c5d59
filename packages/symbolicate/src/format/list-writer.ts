import { PAYLOAD_SIZE } from './layout.ts'
import type { StorePage } from './table-writer.ts'

/**
 * Writes records of any length, found again by their number, as pages: u16 records, u16 ends, bytes. A record that is longer
 * than a page has one for itself, with 0 for the number of records.
 */
export class ListWriter {
  readonly #store: StorePage
  #records: Uint8Array[] = []
  #size = 0
  #count = 0
  /** Number of the first record of each page, 0, offset and length of the page. */
  readonly directory: number[] = []

  constructor(store: StorePage) {
    this.#store = store
  }

  push(record: Uint8Array): void {
    if (this.#records.length > 0 && this.#size + 2 + record.length > PAYLOAD_SIZE) this.flush()
    this.#records.push(record)
    this.#size += record.length + (this.#records.length === 1 ? 4 : 2)
    this.#count++
  }

  flush(): void {
    if (this.#records.length === 0) return
    const first = this.#count - this.#records.length
    const { offset, length } = this.#store(this.#page())
    this.directory.push(first, 0, offset, length)
    this.#records = []
    this.#size = 0
  }

  #page(): Uint8Array {
    const out = new DataView(new ArrayBuffer(this.#size))
    const bytes = new Uint8Array(out.buffer)
    const isLong = this.#size > PAYLOAD_SIZE
    out.setUint16(0, isLong ? 0 : this.#records.length, true)
    let end = 2 + this.#records.length * 2
    for (const [i, record] of this.#records.entries()) {
      bytes.set(record, end)
      end += record.length
      if (!isLong) out.setUint16(2 + i * 2, end, true)
    }
    return bytes
  }
}
