import { contextLines } from './context-lines.ts'
import { sharedCache, type BlobCache } from './format/blob-cache.ts'
import {
  COLUMN,
  LINE,
  NAME,
  ORIGINAL_COLUMN,
  ORIGINAL_LINE,
  RANGE,
  SOURCE_INDEX,
  type Mappings,
} from './format/mapping-block.ts'
import type { SourceRecord } from './format/source-record.ts'
import { StoredIndex } from './format/stored-index.ts'
import { isProjectPath } from './in-app.ts'
import type { Engine } from './names/engine.ts'
import type { IndexReader } from './reader.ts'
import type { NamedBy, UnresolvedReason } from './resolution.ts'
import type { FunctionScope } from './scopes/function-scope.ts'
import type { ScopeTable } from './scopes/collect-scopes.ts'
import { innermostScope } from './scopes/scope-table.ts'
import { snapToSite, type TextPosition } from './scopes/snap-to-site.ts'
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
      get damaged() {
        return index.damaged
      },
    }
  )
}

interface Found {
  source: number
  line: number
  column: number
  name: number
  /** Columns between the mapping and the position. */
  distance: number
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

/** The mapping of a 0-based position: greatest lower bound within the line, and what that says. */
const findMapping = (index: StoredIndex, line: number, column: number): Found | UnresolvedReason => {
  if (line < 0) return 'no-line'
  const ref = index.find(line, column)
  if (index.damaged) return 'index-damaged'
  if (!ref) return missingReason(index, line, column)
  const { block, at } = ref
  const onLine = block[at + LINE] === line
  if (!onLine && !block[at + RANGE]) return missingReason(index, line, column)
  if (block[at + SOURCE_INDEX]! < 0) return 'unmapped-segment'
  if (block[at + RANGE]) return advanced(block, at, { line, column })
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
  name: block[at + NAME]!,
  distance,
})

/** In a range mapping the original position moves on with the generated one. */
const advanced = (block: Mappings, at: number, to: { line: number; column: number }): Found => {
  const lines = to.line - block[at + LINE]!
  const found = original(block, at, 0)
  if (lines > 0) return { ...found, line: found.line + lines, column: to.column }
  return { ...found, column: found.column + to.column - block[at + COLUMN]! }
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

/** What a whole line comes from, if that is one original line. */
const onlyLine = (index: StoredIndex, line: number): Found | UnresolvedReason => {
  const last = findMapping(index, line, 0x7fffffff)
  if (typeof last === 'string') return last
  const first = firstOnLine(index, line)
  return first && first.source === last.source && first.line === last.line ? { ...first, distance: 0 } : 'no-column'
}

const firstOnLine = (index: StoredIndex, line: number): Found | undefined => {
  const at = findMapping(index, line, 0)
  if (typeof at !== 'string') return at
  // Nothing at column 0: look for the first column that has something, by halving.
  let low = 0
  let high = 0x7fffffff
  while (low + 1 < high) {
    const middle = Math.trunc((low + high) / 2)
    if (typeof findMapping(index, line, middle) === 'string') low = middle
    else high = middle
  }
  const found = findMapping(index, line, high)
  return typeof found === 'string' ? undefined : found
}

const resolved = (index: StoredIndex, record: SourceRecord, found: Found, asked: GeneratedPosition): ResolvedLookup => {
  const table = record.scopes && index.scopes(record.scopes)
  const place = table && asked.column !== undefined ? snap(index, table, found, asked) : found
  const context = contextLines(index, record, place.line, place.column)
  const path = record.path ?? record.source!
  return {
    status: 'resolved',
    source: record.source!,
    path,
    line: place.line + 1,
    column: place.column + 1,
    ...nameOf(index, table, place, asked),
    contextLine: context?.contextLine,
    preContext: context?.preContext ?? [],
    postContext: context?.postContext ?? [],
    inApp: !record.ignored && isProjectPath(path),
    missing: context ? undefined : record.hash === undefined ? 'no-content' : 'content-line-missing',
    approximate: asked.column === undefined,
  }
}

const snap = (index: StoredIndex, table: ScopeTable, found: Found, asked: GeneratedPosition): TextPosition => {
  const ref = index.find(asked.line - 1, asked.column! - 1)
  const following = ref && index.next(ref)
  const next =
    following && following.block[following.at + SOURCE_INDEX] === found.source
      ? original(following.block, following.at, 0)
      : undefined
  const nextDistance =
    following && following.block[following.at + LINE] === asked.line - 1
      ? following.block[following.at + COLUMN]! - asked.column! + 1
      : 0
  const { distance } = found
  return snapToSite(table, {
    at: found,
    next,
    distance,
    nextDistance,
    awaits: asked.awaits === true,
    engine: asked.engine,
  })
}

type Naming = Pick<ResolvedLookup, 'function' | 'namedBy' | 'scope' | 'within'>

const nameOf = (
  index: StoredIndex,
  table: ScopeTable | undefined,
  place: TextPosition,
  asked: GeneratedPosition,
): Naming => {
  if (table) return naming(table.scopes, innermostScope(table.scopes, place.line, place.column), 'source')
  const script = index.scriptScopes()?.scopes
  if (script) return naming(script, innermostScope(script, asked.line - 1, (asked.column ?? 1) - 1), 'script')
  return { function: undefined, namedBy: 'none', scope: undefined, within: undefined }
}

const naming = (table: readonly FunctionScope[], at: number, by: NamedBy): Naming => {
  const scope = table[at]
  const name = scope && canonicalName(scope)
  let outer = scope?.parent ?? -1
  while (outer >= 0 && canonicalName(table[outer]!) === undefined) outer = table[outer]!.parent
  const within = name === undefined && outer >= 0 ? canonicalName(table[outer]!) : undefined
  return { function: name, namedBy: by, scope, within }
}
