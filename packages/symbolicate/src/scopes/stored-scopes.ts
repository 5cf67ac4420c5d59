import { PackedRows } from '../format/packed-rows.ts'
import type { Page } from '../format/page-cache.ts'
import { SCOPE_KINDS, type FunctionScope } from './function-scope.ts'
import { FUNCTION_FIELDS, FUNCTION_STRINGS, HIDES_NAME } from './scope-pieces.ts'
import { StoredSites } from './stored-sites.ts'

const END_LINE = 2
const END_COLUMN = 3
const PARENT = 4
const FLAGS = 5

/** The functions and call sites around a place of a source text, read in place. Valid until the lookup is over. */
export class StoredScopes {
  readonly #bytes: Buffer
  readonly #functions: PackedRows
  readonly #stringEnds: PackedRows
  readonly sites: StoredSites

  constructor({ bytes, view }: Page) {
    this.#bytes = bytes
    this.#functions = new PackedRows(view, 0, FUNCTION_FIELDS)
    this.sites = new StoredSites(view, this.#functions.end)
    this.#stringEnds = new PackedRows(view, this.sites.end, 1)
  }

  /** The innermost function around a 0-based position, -1 for none. */
  innermost(line: number, column: number): number {
    let scope = this.#functions.lastUpTo(line, column)
    while (scope >= 0 && this.#endsBefore(scope, line, column)) scope = this.parent(scope)
    return scope
  }

  parent(scope: number): number {
    const parent = this.#functions.get(scope, PARENT)
    // Parents stand before their children; a damaged table must not make a circle.
    return parent < scope ? parent : -1
  }

  /** Whether a 0-based position is the closing brace of the innermost function around it. */
  endsAt(line: number, column: number): boolean {
    const scope = this.innermost(line, column)
    if (scope < 0) return false
    return this.#functions.get(scope, END_LINE) === line && this.#functions.get(scope, END_COLUMN) - 1 === column
  }

  at(scope: number): FunctionScope {
    const number = (field: number): number => this.#functions.get(scope, field)
    const text = (field: number): string => this.#string(number(FUNCTION_STRINGS + field))
    const flags = number(FLAGS)
    return {
      startLine: number(0),
      startColumn: number(1),
      endLine: number(END_LINE),
      endColumn: number(END_COLUMN),
      parent: number(PARENT),
      kind: SCOPE_KINDS[flags & ~HIDES_NAME] ?? 'function',
      hidesName: (flags & HIDES_NAME) !== 0,
      name: text(0),
      inferred: text(1),
      gecko: text(2),
      className: text(3),
      role: text(4),
    }
  }

  #string(number: number): string {
    // The empty string is the first of every table.
    if (number <= 0 || number >= this.#stringEnds.count) return ''
    const texts = this.#stringEnds.end
    return this.#bytes.toString(
      'utf8',
      texts + this.#stringEnds.get(number - 1, 0),
      texts + this.#stringEnds.get(number, 0),
    )
  }

  #endsBefore(scope: number, line: number, column: number): boolean {
    const endLine = this.#functions.get(scope, END_LINE)
    return endLine < line || (endLine === line && this.#functions.get(scope, END_COLUMN) <= column)
  }
}
