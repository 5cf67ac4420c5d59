import type { IndexPages } from './index-pages.ts'
import { PackedRows } from './packed-rows.ts'
import type { Page } from './page-cache.ts'
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
  /** Pages by number, as they were got last. */
  readonly #known: (Page | undefined)[] = []

  constructor(pages: IndexPages, directory: PageDirectory, fields: number) {
    this.#pages = pages
    this.#directory = directory
    this.#fields = fields
    this.#known.length = directory.pages
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

  #rows(number: number): PackedRows | undefined {
    if (number < 0 || number >= this.#directory.pages) return undefined
    const offset = this.#directory.offset(number)
    let page = this.#known[number]
    if (!page || !this.#pages.isStill(page, offset)) {
      page = this.#pages.page(offset, this.#directory.length(number))
      this.#known[number] = page
    }
    return page && new PackedRows(page.view, 0, this.#fields)
  }
}
