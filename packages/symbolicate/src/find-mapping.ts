import {
  COLUMN,
  isRange,
  nameIn,
  LINE,
  ORIGINAL_COLUMN,
  ORIGINAL_LINE,
  SOURCE_INDEX,
  type Mappings,
} from './format/mapping-block.ts'
import type { StoredIndex } from './format/stored-index.ts'
import type { UnresolvedReason } from './resolution.ts'

/** What the mapping of a generated position says; all 0-based, `name` -1 for none. */
export interface Found {
  source: number
  line: number
  column: number
  name: number
  /** Columns between the mapping and the position. */
  distance: number
}

/** The mapping of a 0-based position: greatest lower bound within the line, and what that says. */
export const findMapping = (index: StoredIndex, line: number, column: number): Found | UnresolvedReason => {
  if (line < 0) return 'no-line'
  const ref = index.find(line, column)
  if (index.damaged) return 'index-damaged'
  if (!ref) return missingReason(index, line, column)
  const { block, at } = ref
  const onLine = block[at + LINE] === line
  if (!onLine && !isRange(block, at)) return missingReason(index, line, column)
  if (block[at + SOURCE_INDEX]! < 0) return 'unmapped-segment'
  if (isRange(block, at)) return advanced(block, at, { line, column })
  return original(block, at, column - block[at + COLUMN]!)
}

const missingReason = (index: StoredIndex, line: number, column: number): UnresolvedReason => {
  if (line >= index.lines) return 'position-outside'
  return index.hasMappingFrom(line, column) ? 'column-before-first' : 'line-not-mapped'
}

const original = (block: Mappings, at: number, distance: number): Found => ({
  source: block[at + SOURCE_INDEX]!,
  line: block[at + ORIGINAL_LINE]!,
  column: block[at + ORIGINAL_COLUMN]!,
  name: nameIn(block, at),
  distance,
})

/** In a range mapping the original position moves on with the generated one. */
const advanced = (block: Mappings, at: number, to: { line: number; column: number }): Found => {
  const lines = to.line - block[at + LINE]!
  const found = original(block, at, 0)
  if (lines > 0) return { ...found, line: found.line + lines, column: to.column }
  return { ...found, column: found.column + to.column - block[at + COLUMN]! }
}

/** What a whole line comes from, if that is one original line. */
export const onlyLine = (index: StoredIndex, line: number): Found | UnresolvedReason => {
  let only: Found | undefined
  for (const { block, at } of index.mappingsOf(line)) {
    if (block[at + SOURCE_INDEX]! < 0) continue
    const found = original(block, at, 0)
    if (only && (found.source !== only.source || found.line !== only.line)) return 'no-column'
    only ??= found
  }
  return only ?? missingReason(index, line, 0)
}
