import { behindMapping } from './find-mapping.ts'
import type { Found } from './format/place-memo.ts'
import type { SourceRecord } from './format/source-record.ts'
import type { StoredIndex } from './format/stored-index.ts'
import type { GeneratedPosition } from './lookup.ts'
import { callBeforeToken, snapToSite } from './scopes/snap-to-site.ts'
import type { StoredScopes } from './scopes/stored-scopes.ts'
import type { TextPosition } from './scopes/stored-sites.ts'

/** Where a frame stands in the original program; 0-based. */
export interface FramePlace extends TextPosition {
  record: SourceRecord
  /** What is known of the functions there. */
  table: StoredScopes | undefined
}

/** Goes from what the mapping says to where the engine would stand in the original text. */
export const framePlace = (
  index: StoredIndex,
  record: SourceRecord,
  found: Found,
  asked: GeneratedPosition,
): FramePlace => {
  const table = index.scopes(record, found.line, found.column)
  const mapped = { record, table, line: found.line, column: found.column }
  if (!table || asked.column === undefined) return mapped
  const next = behindMapping(index, asked.line - 1, asked.column - 1)
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

/** A function that a minifier put in the place of its only call: the call stands before the token that follows. */
const inlinedCall = (index: StoredIndex, next: Found): FramePlace | undefined => {
  const record = index.source(next.source)
  const table = record && index.scopes(record, next.line, next.column)
  const place = table && callBeforeToken(table, next, next.distance)
  return place && { record, table, line: place.line, column: place.column }
}
