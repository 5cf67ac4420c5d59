import { contextLines } from './context-lines.ts'
import { sharedCache, type BlobCache } from './format/blob-cache.ts'
import type { SourceRecord } from './format/source-record.ts'
import { StoredIndex } from './format/stored-index.ts'
import { isProjectPath } from './in-app.ts'
import type { Engine } from './names/engine.ts'
import { findMapping, onlyLine, type Found } from './find-mapping.ts'
import { framePlace } from './frame-place.ts'
import type { IndexReader } from './reader.ts'
import type { NamedBy, UnresolvedReason } from './resolution.ts'
import type { FunctionScope } from './scopes/function-scope.ts'
import type { StoredScopes } from './scopes/stored-scopes.ts'
import type { TextPosition } from './scopes/snap-to-site.ts'
import { canonicalName } from './names/function-name.ts'

/** A position as browsers print it: 1-based line and column. Without a column only unambiguous lines resolve. */
export interface GeneratedPosition {
  line: number
  column?: number | undefined
  /** Who printed it; engines point at different tokens of the same call. */
  engine?: Engine | undefined
  /** The frame is one of V8's "async" frames, which stand at an `await`. */
  awaits?: boolean | undefined
}

/** Where a position comes from, without names, lines and scopes. */
export interface OriginalLocation {
  /** As the map writes it. */
  source: string | null
  /** 1-based, both. */
  line: number
  column: number
  /** The map's name for the token there; in a stack that is the function being called. */
  name: string | undefined
}

export interface ResolvedLookup {
  status: 'resolved'
  source: string
  /** The source as a path of the project. */
  path: string
  /** 1-based. */
  line: number
  column: number
  /** The enclosing function; undefined at the top level and in anonymous functions. */
  function: string | undefined
  namedBy: NamedBy
  /** The enclosing function with all that is known of it. */
  scope: FunctionScope | undefined
  /** The nearest enclosing function that has a name, when this one has none. */
  within: string | undefined
  contextLine: string | undefined
  preContext: string[]
  postContext: string[]
  inApp: boolean
  /** Why there are no lines of code. */
  missing: 'no-content' | 'content-line-missing' | undefined
  /** True when the frame had no column and its whole line comes from one original line. */
  approximate: boolean
}

export interface UnresolvedLookup {
  status: 'unresolved'
  reason: UnresolvedReason
  /** What is known all the same, 1-based: the map may give a line and column without a source. */
  line?: number
  column?: number
}

export type Lookup = ResolvedLookup | UnresolvedLookup

/** An opened index; it holds its directory and shares the cache for the rest. */
export interface MapIndex {
  /** Everything about a position of the script. */
  lookup(position: GeneratedPosition): Lookup
  /** Only the original position: what libraries for source maps call originalPositionFor. Undefined where nothing is mapped. */
  locate(position: { line: number; column: number }): OriginalLocation | undefined
  /** The original name of a class of the script, when the build was given the script. */
  className(minified: string): string | undefined
  /** True once a piece of the file was found damaged; build the index again from the stored map. */
  readonly damaged: boolean
}

/** Opens an index; undefined when it is damaged or of another version: build it again from the stored map. */
export const openIndex = (reader: IndexReader, cache: BlobCache = sharedCache): MapIndex | undefined => {
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
  return resolved(index, record, found, { ...position, column: exact ? column : undefined })
}

const resolved = (index: StoredIndex, record: SourceRecord, found: Found, asked: GeneratedPosition): ResolvedLookup => {
  const place = framePlace(index, record, found, asked)
  const { record: source, table } = place
  const context = contextLines(index, source, place.line, place.column)
  const path = source.path ?? source.source!
  return {
    status: 'resolved',
    source: source.source!,
    path,
    line: place.line + 1,
    column: place.column + 1,
    ...nameOf(index, table, place, asked),
    contextLine: context?.contextLine,
    preContext: context?.preContext ?? [],
    postContext: context?.postContext ?? [],
    inApp: !source.ignored && isProjectPath(path),
    missing: context ? undefined : source.hash === undefined ? 'no-content' : 'content-line-missing',
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
  const script = index.scriptScopes()
  if (script) return naming(script, script.innermost(asked.line - 1, (asked.column ?? 1) - 1), 'script')
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
