import type { RecordRef } from './byte-reader.ts'
import type { IndexPages } from './index-pages.ts'
import { CHECKSUM_SIZE } from './layout.ts'
import type { PageDirectory } from './page-directory.ts'

/** Records of any length, found by their number. */
export class StoredList {
  readonly #pages: IndexPages
  readonly #directory: PageDirectory

  constructor(pages: IndexPages, directory: PageDirectory) {
    this.#pages = pages
    this.#directory = directory
  }

  record(number: number): RecordRef | undefined {
    const page = this.#directory.lastUpTo(number, 0)
    if (page < 0) return undefined
    const length = this.#directory.length(page)
    const bytes = this.#pages.page(this.#directory.offset(page), length)?.bytes
    if (!bytes) return undefined
    const count = bytes.readUInt16LE(0)
    if (count === 0) return { bytes, start: 4, end: length - CHECKSUM_SIZE }
    const at = number - this.#directory.first(page)
    if (at >= count) return undefined
    const start = at === 0 ? 2 + count * 2 : bytes.readUInt16LE(at * 2)
    return { bytes, start, end: bytes.readUInt16LE(2 + at * 2) }
  }
}
