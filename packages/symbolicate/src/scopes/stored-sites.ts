import { PackedRows } from '../format/packed-rows.ts'
import {
  ANCHOR_COLUMN,
  ANCHOR_LINE,
  PAREN_COLUMN,
  PAREN_LINE,
  SITE_COLUMN,
  SITE_FIELDS,
  SITE_KIND,
  SITE_LINE,
} from './call-sites.ts'
import { unzigzag } from './zigzag.ts'

/** A 0-based position in an original text. */
export interface TextPosition {
  line: number
  column: number
}

/** Negative when the place comes before the position, 0 when it is there. */
export const compare = (line: number, column: number, to: TextPosition): number => line - to.line || column - to.column

/** The call sites in the neighbourhood of a place, by their number in the order of the text. */
export class StoredSites {
  readonly #rows: PackedRows

  constructor(view: DataView, start: number) {
    this.#rows = new PackedRows(view, start, SITE_FIELDS)
  }

  get count(): number {
    return this.#rows.count
  }

  /** Where the coding ends in the bytes. */
  get end(): number {
    return this.#rows.end
  }

  kind(site: number): number {
    return this.#rows.get(site, SITE_KIND)
  }

  position(site: number): TextPosition {
    return { line: this.#rows.get(site, SITE_LINE), column: this.#rows.get(site, SITE_COLUMN) }
  }

  /** Where the expression begins. */
  anchor(site: number): TextPosition {
    return this.#near(site, ANCHOR_LINE, ANCHOR_COLUMN)
  }

  /** The parenthesis of the call. */
  paren(site: number): TextPosition {
    return this.#near(site, PAREN_LINE, PAREN_COLUMN)
  }

  /** The first site at or after a position; the number of sites where all come before. */
  firstFrom({ line, column }: TextPosition): number {
    return this.#rows.lastUpTo(line, column - 1) + 1
  }

  /** The site at a position, -1 for none. */
  at(place: TextPosition): number {
    const site = this.firstFrom(place)
    if (site >= this.count) return -1
    return compare(this.#rows.get(site, SITE_LINE), this.#rows.get(site, SITE_COLUMN), place) === 0 ? site : -1
  }

  #near(site: number, lineField: number, columnField: number): TextPosition {
    return {
      line: this.#rows.get(site, SITE_LINE) + unzigzag(this.#rows.get(site, lineField)),
      column: this.#rows.get(site, columnField),
    }
  }
}
