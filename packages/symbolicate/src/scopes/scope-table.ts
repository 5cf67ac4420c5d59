import { ByteReader } from '../format/byte-reader.ts'
import { ByteWriter } from '../format/byte-writer.ts'
import { decodeSites, encodeSites } from './call-sites.ts'
import type { ScopeTable } from './collect-scopes.ts'
import { SCOPE_KINDS, type FunctionScope } from './function-scope.ts'

/** Raise it with every change of the names that are made or of the coding below: tables are kept by content hash. */
export const SCOPE_TABLE_VERSION = 1

const SUSPENDS = 128

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

/** Decodes a table; undefined when another version wrote it. */
export const decodeScopes = (bytes: Uint8Array): ScopeTable | undefined => {
  const reader = new ByteReader(bytes)
  if (reader.byte() !== SCOPE_TABLE_VERSION) return undefined
  const strings = Array.from({ length: Math.min(reader.varint(), bytes.length) }, () => reader.string())
  const count = Math.min(reader.varint(), bytes.length)
  const scopes: FunctionScope[] = []
  let line = 0
  for (let i = 0; i < count; i++) {
    line += reader.varint()
    const startColumn = reader.varint()
    const endLine = line + reader.varint()
    const endColumn = reader.varint()
    const parent = reader.varint() - 1
    const flags = reader.byte()
    const kind = SCOPE_KINDS[flags & ~SUSPENDS] ?? 'function'
    const suspends = (flags & SUSPENDS) !== 0
    const [name, inferred, gecko, className, role] = STRINGS.map(() => strings[reader.varint()] ?? '') as [
      string,
      string,
      string,
      string,
      string,
    ]
    scopes.push({
      startLine: line,
      startColumn,
      endLine,
      endColumn,
      parent,
      kind,
      suspends,
      name,
      inferred,
      gecko,
      className,
      role,
    })
  }
  return { scopes, sites: decodeSites(reader, bytes.length) }
}

/** The innermost function around a 0-based position, -1 for none. */
export const innermostScope = (scopes: readonly FunctionScope[], line: number, column: number): number => {
  let low = 0
  let high = scopes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const scope = scopes[middle]!
    if (scope.startLine < line || (scope.startLine === line && scope.startColumn <= column)) low = middle + 1
    else high = middle
  }
  let at = low - 1
  while (at >= 0 && endsBefore(scopes[at]!, line, column)) at = scopes[at]!.parent
  return at
}

const endsBefore = (scope: FunctionScope, line: number, column: number): boolean =>
  scope.endLine < line || (scope.endLine === line && scope.endColumn <= column)
