import type { Found } from './find-mapping.ts'
import { COLUMN, LINE, ORIGINAL_COLUMN, ORIGINAL_LINE, SOURCE_INDEX } from './format/mapping-block.ts'
import type { SourceRecord } from './format/source-record.ts'
import type { StoredIndex } from './format/stored-index.ts'
import type { GeneratedPosition } from './open-index.ts'
import { callBeforeToken, snapToSite, type TextPosition } from './scopes/snap-to-site.ts'
import type { StoredScopes } from './scopes/stored-scopes.ts'

/** Where a frame stands in the original program; 0-based. */
export interface FramePlace extends TextPosition {
  record: SourceRecord
  /** What is known of that source's functions. */
  table: StoredScopes | undefined
}

/** Goes from what the mapping says to where the engine would stand in the original text. */
export const framePlace = (
  index: StoredIndex,
  record: SourceRecord,
  found: Found,
  asked: GeneratedPosition,
): FramePlace => {
  const table = record.scopes && index.scopes(record.scopes)
  const mapped = { record, table, line: found.line, column: found.column }
  if (!table || asked.column === undefined) return mapped
  const next = nextMapping(index, asked)
  if (found.distance > 0 && next && table.endsAt(found.line, found.column)) return inlinedCall(index, next) ?? mapped
  const nextHere = next?.source === found.source ? next : undefined
  const { engine, awaits = false } = asked
  const place = snapToSite(table, {
    at: found,
    next: nextHere,
    distance: found.distance,
    nextDistance: next?.distance ?? 0,
    awaits,
    engine,
  })
  return { ...mapped, line: place.line, column: place.column }
}

/** The mapping behind a position, in the same line; `distance` is how far behind. */
const nextMapping = (index: StoredIndex, { line, column }: GeneratedPosition): Found | undefined => {
  const ref = index.find(line - 1, column! - 1)
  const following = ref && index.next(ref)
  if (!following) return undefined
  const { block, at } = following
  if (block[at + LINE] !== line - 1 || block[at + SOURCE_INDEX]! < 0) return undefined
  const distance = block[at + COLUMN]! - column! + 1
  return {
    source: block[at + SOURCE_INDEX]!,
    line: block[at + ORIGINAL_LINE]!,
    column: block[at + ORIGINAL_COLUMN]!,
    name: -1,
    distance,
  }
}

/** A function that a minifier put in the place of its only call: the call stands before the token that follows. */
const inlinedCall = (index: StoredIndex, next: Found): FramePlace | undefined => {
  const record = index.source(next.source)
  const table = record?.scopes && index.scopes(record.scopes)
  const place = table && callBeforeToken(table, next, next.distance)
  return place && { record, table, line: place.line, column: place.column }
}
