import type { NamedBy, UnresolvedReason } from './resolution.ts'
import type { FunctionScope } from './scopes/function-scope.ts'
import type { Engine } from './names/engine.ts'

/** A position as browsers print it: 1-based line and column. Without a column only unambiguous lines resolve. */
export interface GeneratedPosition {
  line: number
  column?: number | undefined
  /** Who printed it; engines point at different tokens of the same call. */
  engine?: Engine | undefined
  /** The frame is one of V8's "async" frames, which stand at an `await`. */
  awaits?: boolean | undefined
  /** Lines of source before and after; five when absent. */
  around?: number | undefined
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
