import type { MapFunction } from '../map/decode-scopes.ts'
import type { ScopeTable } from './collect-scopes.ts'
import type { FunctionScope } from './function-scope.ts'

/**
 * The functions that the map itself lists for a source: for sources whose text is missing or in a language that no parser here
 * reads. A text that parses tells more, namely what each engine prints.
 *
 * @param lines - Lines of the source; functions behind them belong to another build.
 */
export const mapScopes = (functions: readonly MapFunction[], lines: number): ScopeTable => {
  const within = functions.filter(({ startLine, endLine }) => startLine < lines && endLine <= lines)
  const sorted = within.toSorted(
    (a, b) =>
      a.startLine - b.startLine || a.startColumn - b.startColumn || b.endLine - a.endLine || b.endColumn - a.endColumn,
  )
  const scopes: FunctionScope[] = []
  const open: number[] = []
  for (const listed of sorted) {
    while (open.length > 0 && !reachesBeyond(scopes[open.at(-1)!]!, listed)) open.pop()
    const parent = open.at(-1) ?? -1
    open.push(scopes.length)
    scopes.push({ ...listed, ...UNKNOWN, parent })
  }
  return { scopes, sites: new Int32Array(0) }
}

const UNKNOWN = { kind: 'function', hidesName: false, inferred: '', gecko: '', className: '', role: '' } as const

const reachesBeyond = (outer: FunctionScope, { startLine, startColumn }: MapFunction): boolean =>
  outer.endLine > startLine || (outer.endLine === startLine && outer.endColumn > startColumn)
