import { AROUND, contextLines } from './context-lines.ts'
import { findMapping, onlyLine } from './find-mapping.ts'
import type { Found } from './format/place-memo.ts'
import { sharedCache, type IndexCache } from './format/index-cache.ts'
import { isInApp, type SourceRecord } from './format/source-record.ts'
import { StoredIndex } from './format/stored-index.ts'
import { framePlace } from './frame-place.ts'
import type { GeneratedPosition, Lookup, MapIndex, OriginalLocation, ResolvedLookup } from './lookup.ts'
import { canonicalName } from './names/function-name.ts'
import type { IndexReader } from './reader.ts'
import type { NamedBy } from './resolution.ts'
import type { StoredScopes } from './scopes/stored-scopes.ts'
import type { TextPosition } from './scopes/stored-sites.ts'

/** Opens an index; undefined when it is damaged or of another version: build it again from the stored map. */
export const openIndex = (reader: IndexReader, cache: IndexCache = sharedCache()): MapIndex | undefined => {
  const index = StoredIndex.open(reader, cache)
  return (
    index && {
      lookup: (position) => lookup(index, position),
      locate: (position) => locate(index, position.line - 1, position.column - 1),
      className: (minified) => index.className(minified),
      get damaged() {
        return index.damaged
      },
    }
  )
}

const locate = (index: StoredIndex, line: number, column: number): OriginalLocation | undefined => {
  const found = findMapping(index, line, column)
  if (typeof found === 'string') return undefined
  const source = index.source(found.source)
  return {
    source: source?.source ?? null,
    line: found.line + 1,
    column: found.column + 1,
    name: index.name(found.name),
  }
}

const lookup = (index: StoredIndex, position: GeneratedPosition): Lookup => {
  const { line, column } = position
  if (!Number.isInteger(line) || line < 1) return { status: 'unresolved', reason: 'no-line' }
  const exact = column !== undefined && column >= 1
  const found = exact ? findMapping(index, line - 1, column - 1) : onlyLine(index, line - 1)
  if (typeof found === 'string') return { status: 'unresolved', reason: found }
  const record = index.source(found.source)
  if (!record) return { status: 'unresolved', reason: 'index-damaged' }
  if (record.source === null) {
    return { status: 'unresolved', reason: 'source-null', line: found.line + 1, column: found.column + 1 }
  }
  const answer = resolved(index, record, found, { ...position, column: exact ? column : undefined })
  // Half an answer would say that the map lacks what the index has lost.
  return index.damaged ? { status: 'unresolved', reason: 'index-damaged' } : answer
}

const resolved = (index: StoredIndex, record: SourceRecord, found: Found, asked: GeneratedPosition): ResolvedLookup => {
  const place = framePlace(index, record, found, asked)
  const { record: source, table } = place
  // The table is a view of a page that reading text may push out of the cache.
  const names = nameOf(index, table, place, asked)
  const context = contextLines(index, source, {
    line: place.line,
    column: place.column,
    around: asked.around ?? AROUND,
  })
  return {
    status: 'resolved',
    source: source.source!,
    path: source.path ?? source.source!,
    line: place.line + 1,
    column: place.column + 1,
    ...names,
    contextLine: context?.contextLine,
    preContext: context?.preContext ?? [],
    postContext: context?.postContext ?? [],
    inApp: isInApp(source),
    missing: context ? undefined : !source.hasText ? 'no-content' : 'content-line-missing',
    approximate: asked.column === undefined,
  }
}

type Naming = Pick<ResolvedLookup, 'function' | 'namedBy' | 'scope' | 'within'>

const nameOf = (
  index: StoredIndex,
  table: StoredScopes | undefined,
  place: TextPosition,
  asked: GeneratedPosition,
): Naming => {
  if (table) return naming(table, table.innermost(place.line, place.column), 'source')
  const [line, column] = [asked.line - 1, (asked.column ?? 1) - 1]
  const script = index.scriptScopes(line, column)
  if (script) return naming(script, script.innermost(line, column), 'script')
  return { function: undefined, namedBy: 'none', scope: undefined, within: undefined }
}

const naming = (table: StoredScopes, at: number, by: NamedBy): Naming => {
  const scope = at < 0 ? undefined : table.at(at)
  const name = scope && canonicalName(scope)
  if (!scope || name !== undefined) return { function: name, namedBy: by, scope, within: undefined }
  let outer = table.parent(at)
  while (outer >= 0 && canonicalName(table.at(outer)) === undefined) outer = table.parent(outer)
  return { function: undefined, namedBy: by, scope, within: outer < 0 ? undefined : canonicalName(table.at(outer)) }
}
