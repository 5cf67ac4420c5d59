import type { PageRef } from './layout.ts'
import { PAYLOAD_SIZE } from './layout.ts'
import { RowPacker } from './row-packer.ts'

/** Stores the payload of a page and says where it went. */
export type StorePage = (payload: Uint8Array) => PageRef

/** Writes rows that come in the order of their first two fields, a line and a column, as pages. */
export class TableWriter {
  readonly #store: StorePage
  readonly #packer: RowPacker
  /** Line and column of the first row of each page, its offset and length. */
  readonly directory: number[] = []

  constructor(store: StorePage, fields: number) {
    this.#store = store
    this.#packer = new RowPacker(fields, PAYLOAD_SIZE)
  }

  push(values: Int32Array, at = 0): void {
    if (this.#packer.push(values, at)) return
    this.flush()
    this.#packer.push(values, at)
  }

  flush(): void {
    if (this.#packer.count === 0) return
    const [line, column] = [this.#packer.first(0), this.#packer.first(1)]
    const { offset, length } = this.#store(this.#packer.take())
    this.directory.push(line, column, offset, length)
  }
}
