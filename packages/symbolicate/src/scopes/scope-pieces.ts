import { PAYLOAD_SIZE } from '../format/layout.ts'
import { RowPacker } from '../format/row-packer.ts'
import { ANCHOR_LINE, PAREN_LINE, SITE_COLUMN, SITE_FIELDS, SITE_LINE, type CallSites } from './call-sites.ts'
import type { ScopeTable } from './collect-scopes.ts'
import { SCOPE_KINDS, type FunctionScope } from './function-scope.ts'
import { zigzag } from './zigzag.ts'

/** What a page holds of a source text's functions: enough for every place from its own up to that of the next piece. */
export interface ScopePiece {
  /** 0-based. */
  line: number
  column: number
  bytes: Uint8Array
}

/** Fields of a function's row; the strings are numbers in the piece's table of strings. */
export const FUNCTION_FIELDS = 11
export const FUNCTION_STRINGS = 6
export const HIDES_NAME = 128
const STRINGS = ['name', 'inferred', 'gecko', 'className', 'role'] as const

/** Sites of the neighbours that a piece repeats, so that those around a place can be looked at. */
const SITE_OVERLAP = 32
/** Functions around the first place of a piece that it repeats; whoever nests deeper loses the outermost ones. */
const MAX_AROUND = 64
/** A longer name is cut: no screen shows it. */
const MAX_STRING = 500

/** Rows `from` to `to` of functions and of sites, in the order of the text. */
interface Stretch {
  line: number
  column: number
  functions: [from: number, to: number]
  sites: [from: number, to: number]
}

/** Cuts the functions and sites of a text into pieces that fit a page each. */
export const scopePieces = (table: ScopeTable): ScopePiece[] => {
  const siteCount = table.sites.length / SITE_FIELDS
  return cut(table, { line: 0, column: 0, functions: [0, table.scopes.length], sites: [0, siteCount] })
}

const cut = (table: ScopeTable, stretch: Stretch): ScopePiece[] => {
  const bytes = isPlainlyLong(stretch) ? undefined : encodePiece(table, stretch)
  const fits = bytes !== undefined && bytes.length <= PAYLOAD_SIZE
  const halves = fits ? undefined : halve(table, stretch)
  if (halves) return halves.flatMap((half) => cut(table, half))
  return [{ line: stretch.line, column: stretch.column, bytes: bytes ?? encodePiece(table, stretch) }]
}

/** Saves coding what will be cut anyway. */
const isPlainlyLong = ({ functions, sites }: Stretch): boolean =>
  functions[1] - functions[0] + sites[1] - sites[0] > PAYLOAD_SIZE / 2

const halve = ({ scopes, sites }: ScopeTable, stretch: Stretch): [Stretch, Stretch] | undefined => {
  const [firstFunction, lastFunction] = stretch.functions
  const [firstSite, lastSite] = stretch.sites
  const bySites = lastSite - firstSite > lastFunction - firstFunction
  const site = ((firstSite + lastSite) >>> 1) * SITE_FIELDS
  const scope = scopes[(firstFunction + lastFunction) >>> 1]
  const line = bySites ? sites[site + SITE_LINE]! : (scope?.startLine ?? 0)
  const column = bySites ? sites[site + SITE_COLUMN]! : (scope?.startColumn ?? 0)
  const isBefore = (aLine: number, aColumn: number): boolean => aLine < line || (aLine === line && aColumn < column)
  let functions = firstFunction
  while (functions < lastFunction && isBefore(scopes[functions]!.startLine, scopes[functions]!.startColumn)) functions++
  let calls = firstSite
  while (
    calls < lastSite &&
    isBefore(sites[calls * SITE_FIELDS + SITE_LINE]!, sites[calls * SITE_FIELDS + SITE_COLUMN]!)
  )
    calls++
  // Everything stands at one place: it stays together.
  if (functions === firstFunction && calls === firstSite) return undefined
  return [
    { ...stretch, functions: [firstFunction, functions], sites: [firstSite, calls] },
    { line, column, functions: [functions, lastFunction], sites: [calls, lastSite] },
  ]
}

/** Rows of functions, rows of sites, the ends of the strings, the strings. */
const encodePiece = ({ scopes, sites }: ScopeTable, stretch: Stretch): Uint8Array => {
  const strings = new Map<string, number>([['', 0]])
  const parts = [packFunctions(scopes, stretch, strings), packSites(sites, stretch.sites), ...packStrings(strings)]
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

const packFunctions = (
  scopes: readonly FunctionScope[],
  { line, column, functions: [from, to] }: Stretch,
  strings: Map<string, number>,
): Uint8Array => {
  const packer = new RowPacker(FUNCTION_FIELDS)
  const kept = [...openAround(scopes, from - 1, { line, column }), ...range(from, to)]
  const places = new Map(kept.map((number, place) => [number, place]))
  for (const number of kept) {
    const scope = scopes[number]!
    packer.push(
      Int32Array.of(
        scope.startLine,
        scope.startColumn,
        scope.endLine,
        scope.endColumn,
        places.get(scope.parent) ?? -1,
        SCOPE_KINDS.indexOf(scope.kind) | (scope.hidesName ? HIDES_NAME : 0),
        ...STRINGS.map((key) => numberOf(strings, scope[key])),
      ),
    )
  }
  return packer.take()
}

const numberOf = (strings: Map<string, number>, text: string): number => {
  const short = text.slice(0, MAX_STRING)
  if (!strings.has(short)) strings.set(short, strings.size)
  return strings.get(short)!
}

/** The functions that began before a place and reach beyond it, the outermost first. */
const openAround = (
  scopes: readonly FunctionScope[],
  last: number,
  place: { line: number; column: number },
): number[] => {
  const endsBefore = ({ endLine, endColumn }: FunctionScope): boolean =>
    endLine < place.line || (endLine === place.line && endColumn <= place.column)
  const open: number[] = []
  for (let at = last; at >= 0 && open.length < MAX_AROUND; at = scopes[at]!.parent)
    if (!endsBefore(scopes[at]!)) open.unshift(at)
  return open
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

const packSites = (sites: CallSites, [from, to]: [number, number]): Uint8Array => {
  const packer = new RowPacker(SITE_FIELDS)
  const first = Math.max(0, from - SITE_OVERLAP)
  const last = Math.min(sites.length / SITE_FIELDS, to + SITE_OVERLAP)
  const row = new Int32Array(SITE_FIELDS)
  for (let site = first; site < last; site++) {
    const at = site * SITE_FIELDS
    const line = sites[at + SITE_LINE]!
    row.set(sites.subarray(at, at + SITE_FIELDS))
    row[ANCHOR_LINE] = zigzag(sites[at + ANCHOR_LINE]! - line)
    row[PAREN_LINE] = zigzag(sites[at + PAREN_LINE]! - line)
    packer.push(row)
  }
  return packer.take()
}

const packStrings = (strings: ReadonlyMap<string, number>): Uint8Array[] => {
  const ends = new RowPacker(1)
  const texts = [...strings.keys()].map((text) => Buffer.from(text))
  let end = 0
  for (const { length } of texts) ends.push(Int32Array.of((end += length)))
  return [ends.take(), ...texts]
}
