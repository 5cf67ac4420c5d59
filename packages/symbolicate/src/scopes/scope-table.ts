import { ByteWriter } from '../format/byte-writer.ts'
import { encodeSites } from './call-sites.ts'
import type { ScopeTable } from './collect-scopes.ts'
import { SCOPE_KINDS } from './function-scope.ts'

/** Raise it with every change of the names that are made or of the coding below: tables are kept by content hash. */
export const SCOPE_TABLE_VERSION = 1

export const SUSPENDS = 128

const STRINGS = ['name', 'inferred', 'gecko', 'className', 'role'] as const

/** Codes the functions of one source text, in the order of their starts, and its call sites. */
export const encodeScopes = ({ scopes, sites }: ScopeTable): Uint8Array => {
  const strings = new Map<string, number>([['', 0]])
  for (const scope of scopes)
    for (const key of STRINGS) if (!strings.has(scope[key])) strings.set(scope[key], strings.size)
  const out = new ByteWriter()
  out.byte(SCOPE_TABLE_VERSION)
  out.varint(strings.size)
  for (const text of strings.keys()) out.string(text)
  out.varint(scopes.length)
  let line = 0
  for (const scope of scopes) {
    out.varint(scope.startLine - line)
    line = scope.startLine
    out.varint(scope.startColumn)
    out.varint(scope.endLine - scope.startLine)
    out.varint(scope.endColumn)
    out.varint(scope.parent + 1)
    out.byte(SCOPE_KINDS.indexOf(scope.kind) | (scope.suspends ? SUSPENDS : 0))
    for (const key of STRINGS) out.varint(strings.get(scope[key])!)
  }
  encodeSites(out, sites)
  return out.view().slice()
}
