import type { IndexPages } from './index-pages.ts'
import { PackedRows } from './packed-rows.ts'
import type { PageDirectory } from './page-directory.ts'

/** A row of a table: the rows of its page, and which of them. Valid until the lookup is over. */
export interface RowRef {
  page: number
  rows: PackedRows
  row: number
}

/** Rows in the order of their first two fields, a line and a column, in pages that are searched in place. */
export class StoredTable {
  readonly #pages: IndexPages
  readonly #directory: PageDirectory
  readonly #fields: number

  constructor(pages: IndexPages, directory: PageDirectory, fields: number) {
    this.#pages = pages
    this.#directory = directory
    this.#fields = fields
  }

  /** The last row at or before a place; undefined before the first of all. */
  find(line: number, column: number): RowRef | undefined {
    const page = this.#directory.lastUpTo(line, column)
    const rows = this.#rows(page)
    const row = rows?.lastUpTo(line, column) ?? -1
    return rows && row >= 0 ? { page, rows, row } : undefined
  }

  /** The row behind one, or the first of all. */
  next(ref: RowRef | undefined): RowRef | undefined {
    if (ref && ref.row + 1 < ref.rows.count) return { ...ref, row: ref.row + 1 }
    const page = ref ? ref.page + 1 : 0
    const rows = this.#rows(page)
    return rows && { page, rows, row: 0 }
  }

  #rows(page: number): PackedRows | undefined {
    if (page < 0 || page >= this.#directory.pages) return undefined
    const bytes = this.#pages.page(this.#directory.offset(page), this.#directory.length(page))
    return bytes && new PackedRows(bytes, 0, this.#fields)
  }
}
