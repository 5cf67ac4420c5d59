import { baseSixtyFour } from './decode-mappings.ts'

/** A function of an original source, as a map itself describes it; 0-based, the end exclusive. */
export interface MapFunction {
  startLine: number
  startColumn: number
  endLine: number
  endColumn: number
  /** Empty for an anonymous function. */
  name: string
}

/** Tags of items, and flags of the start of an original scope (ECMA-426 proposal "Scopes", read 2026-11). */
const START = 1
const END = 2
const HAS_NAME = 1
const IS_STACK_FRAME = 4

/** What of a scope is open still. */
type OpenScope = Pick<MapFunction, 'startLine' | 'startColumn' | 'name'> & { isFunction: boolean }

interface Decoding {
  names: readonly string[]
  functions: MapFunction[]
  open: OpenScope[]
  line: number
  column: number
  name: number
}

/** The functions of each source, by the member `scopes`; undefined for sources of which it says nothing. */
export const decodeOriginalScopes = (text: string, names: readonly string[]): (MapFunction[] | undefined)[] => {
  const sources: (MapFunction[] | undefined)[] = []
  const decoding: Decoding = { names, functions: [], open: [], line: 0, column: 0, name: 0 }
  for (const item of text.split(',')) {
    if (item === '') {
      sources.push(undefined)
      continue
    }
    const numbers = vlqs(item)
    if (numbers[0] === START) startScope(decoding, numbers)
    else if (numbers[0] === END && endScope(decoding, numbers)) {
      sources.push(decoding.functions)
      // Lines and columns begin anew with each source, names go on.
      Object.assign(decoding, { functions: [], line: 0, column: 0 })
    }
  }
  return sources
}

const move = (decoding: Decoding, line = 0, column = 0): void => {
  decoding.column = line === 0 ? decoding.column + column : column
  decoding.line += line
}

const startScope = (decoding: Decoding, [, flags = 0, line, column, name = 0]: readonly number[]): void => {
  move(decoding, line, column)
  if (flags & HAS_NAME) decoding.name += signed(name)
  decoding.open.push({
    startLine: decoding.line,
    startColumn: decoding.column,
    name: flags & HAS_NAME ? (decoding.names[decoding.name] ?? '') : '',
    isFunction: (flags & IS_STACK_FRAME) !== 0,
  })
}

/** True when the last scope of a source is complete. */
const endScope = (decoding: Decoding, [, line, column]: readonly number[]): boolean => {
  move(decoding, line, column)
  const scope = decoding.open.pop()
  if (!scope) return false
  const { isFunction, ...start } = scope
  if (isFunction) decoding.functions.push({ ...start, endLine: decoding.line, endColumn: decoding.column })
  return decoding.open.length === 0
}

/** The functions of one source, by an element of `x_com_bloomberg_sourcesFunctionMappings`: five relative numbers for each. */
export const decodeFunctionMappings = (text: string, names: readonly string[]): MapFunction[] => {
  const totals = [0, 0, 0, 0, 0]
  return text.split(',').flatMap((item) => {
    const numbers = vlqs(item)
    if (numbers.length !== totals.length) return []
    for (const [i, number] of numbers.entries()) totals[i]! += signed(number)
    const [name, startLine, startColumn, endLine, endColumn] = totals as [number, number, number, number, number]
    if (totals.some((total) => total < 0)) return []
    const text = names[name] ?? ''
    // The encoder's own words for code outside of functions and for functions without a name.
    if (text === '<top-level>' || text === '<toplevel>') return []
    return { startLine, startColumn, endLine, endColumn, name: text === '<anonymous>' ? '' : text }
  })
}

/** Unsigned numbers of an item, up to the first that is none. */
const vlqs = (item: string): number[] => {
  const numbers: number[] = []
  let value = 0
  let shift = 0
  for (let at = 0; at < item.length; at++) {
    const digit = baseSixtyFour(item.charCodeAt(at))
    if (digit < 0 || shift > 30) return numbers
    value += (digit & 31) * 2 ** shift
    shift += 5
    if (digit & 32) continue
    numbers.push(value > 0x7fffffff ? 0x7fffffff : value)
    value = shift = 0
  }
  return numbers
}

const signed = (value: number): number => (value & 1 ? -(value >>> 1) : value >>> 1)
