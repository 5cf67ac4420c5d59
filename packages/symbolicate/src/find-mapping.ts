import { COLUMN, IS_RANGE, LINE, NAME, ORIGINAL_COLUMN, ORIGINAL_LINE, SOURCE_INDEX } from './format/layout.ts'
import type { Found } from './format/place-memo.ts'
import type { StoredIndex } from './format/stored-index.ts'
import type { RowRef } from './format/stored-table.ts'
import type { UnresolvedReason } from './resolution.ts'

/** The mapping of a 0-based position: greatest lower bound within the line, and what that says. */
export const findMapping = (index: StoredIndex, line: number, column: number): Found | UnresolvedReason => {
  if (line < 0) return 'no-line'
  if (index.damaged) return 'index-damaged'
  const known = index.foundAt(line, column)
  if (known) return known
  const found = searchMapping(index, line, column)
  return typeof found === 'string' ? found : index.remember({ line, column }, found)
}

const searchMapping = (index: StoredIndex, line: number, column: number): Found | UnresolvedReason => {
  const ref = index.mappings.find(line, column)
  if (index.damaged) return 'index-damaged'
  if (!ref) return missingReason(index, line, column)
  const { rows, row } = ref
  const isRange = rows.get(row, IS_RANGE) === 1
  const linesBehind = line - rows.get(row, LINE)
  if (linesBehind !== 0 && !isRange) return missingReason(index, line, column)
  const distance = column - rows.get(row, COLUMN)
  const found = original(ref, isRange ? 0 : distance)
  if (found.source < 0) return 'unmapped-segment'
  if (!isRange) return found
  // In a range mapping the original position moves on with the generated one.
  if (linesBehind > 0) return { ...found, line: found.line + linesBehind, column }
  return { ...found, column: found.column + distance }
}

const missingReason = (index: StoredIndex, line: number, column: number): UnresolvedReason => {
  if (line >= index.lines) return 'position-outside'
  const last = index.mappings.find(line, 0x7fffffff)
  const isBehind = last && last.rows.get(last.row, LINE) === line && last.rows.get(last.row, COLUMN) >= column
  return isBehind ? 'column-before-first' : 'line-not-mapped'
}

const original = ({ rows, row }: RowRef, distance: number): Found => ({
  source: rows.get(row, SOURCE_INDEX),
  line: rows.get(row, ORIGINAL_LINE),
  column: rows.get(row, ORIGINAL_COLUMN),
  name: rows.get(row, NAME),
  distance,
})

/** The mapping behind a 0-based position, in the same line; `distance` is how far behind. */
export const behindMapping = (index: StoredIndex, line: number, column: number): Found | undefined => {
  const ref = index.mappings.next(index.mappings.find(line, column))
  if (!ref || ref.rows.get(ref.row, LINE) !== line || ref.rows.get(ref.row, SOURCE_INDEX) < 0) return undefined
  return original(ref, ref.rows.get(ref.row, COLUMN) - column)
}

/** What a whole line comes from, if that is one original line. */
export const onlyLine = (index: StoredIndex, line: number): Found | UnresolvedReason => {
  let only: Found | undefined
  let ref = index.mappings.find(line, -1)
  for (ref = index.mappings.next(ref); ref && ref.rows.get(ref.row, LINE) === line; ref = index.mappings.next(ref)) {
    const found = original(ref, 0)
    if (found.source < 0) continue
    if (only && (found.source !== only.source || found.line !== only.line)) return 'no-column'
    only ??= found
  }
  return only ?? missingReason(index, line, 0)
}
