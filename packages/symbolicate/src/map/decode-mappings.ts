const COMMA = 0x2c
const SEMICOLON = 0x3b
const MAX_POSITION = 0x7fffffff
const INVALID_DIGIT = 255

const DIGITS = new Uint8Array(256).fill(INVALID_DIGIT)
for (const [value, char] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) {
  DIGITS[char.charCodeAt(0)] = value
}

/** The value of a digit, -1 for a character that is none. */
export const baseSixtyFour = (code: number): number => {
  const digit = DIGITS[code & 255]!
  return digit === INVALID_DIGIT || code > 255 ? -1 : digit
}

/** Counts of what ECMA-426 calls optional errors: the mapping is dropped or kept as unmapped, the rest of the map stands. */
export interface MappingDefects {
  /** 2, 3 or more than 5 fields, a digit outside base64, an unfinished or oversized number. */
  badSegments: number
  negativeColumns: number
  sourcesOutOfRange: number
  namesOutOfRange: number
  /** Original line or column below 0 or above 2^31 - 1. */
  originalsOutOfRange: number
}

export const noDefects = (): MappingDefects => ({
  badSegments: 0,
  negativeColumns: 0,
  sourcesOutOfRange: 0,
  namesOutOfRange: 0,
  originalsOutOfRange: 0,
})

/** Takes the segments one by one: 0-based, `source` and `name` -1 for none; gives false to stop. */
export interface MappingSink {
  /** `ordinal` counts the segments of a line, dropped ones too; range mappings name them by it. */
  mapping(column: number, source: number, original: OriginalPosition, ordinal: number): void
  /** A line of the generated file is complete. */
  endLine(): boolean
}

export interface OriginalPosition {
  line: number
  column: number
  name: number
}

/** How many sources and names the mappings may point at. */
export interface Tables {
  sources: number
  names: number
}

/** Decodes a `mappings` field straight from its bytes, without an object or an array per segment. */
export const decodeMappings = (text: Uint8Array, tables: Tables, sink: MappingSink): MappingDefects => {
  const defects = noDefects()
  const totals = new Float64Array(5)
  const fields = new Float64Array(6)
  let count = 0
  let value = 0
  let shift = 0
  let bad = false
  let ordinal = 0
  for (let at = 0; at <= text.length; at++) {
    const byte = at < text.length ? text[at]! : SEMICOLON
    if (byte === COMMA || byte === SEMICOLON) {
      if (bad || shift > 0 || (count !== 0 && count !== 1 && count !== 4 && count !== 5)) defects.badSegments++
      else if (count > 0) emit({ fields, count, totals, ordinal, tables, defects, sink })
      if (count > 0 || bad) ordinal++
      count = value = shift = 0
      bad = false
      if (byte === COMMA) continue
      if (!sink.endLine()) return defects
      totals[0] = 0
      ordinal = 0
      continue
    }
    const digit = DIGITS[byte]!
    if (digit === INVALID_DIGIT) bad = true
    else {
      // 32 bits at most; further zero digits are legal padding.
      if (shift < 32) value += (digit & 31) * 2 ** shift
      if (value > 0xffffffff || (shift >= 32 && digit & 31)) bad = true
      if (digit & 32) shift += 5
      else {
        if (count < 6) fields[count++] = value & 1 ? signed(value) : value / 2
        value = shift = 0
      }
    }
  }
  return defects
}

/** An odd value is negative; "minus zero" stands for -2^31 (ECMA-426, DecodeBase64VLQ). */
const signed = (value: number): number => (value === 1 ? -2147483648 : -((value - 1) / 2))

interface Segment {
  fields: Float64Array
  count: number
  /** Sums of all fields so far, the generated column's of this line. */
  totals: Float64Array
  ordinal: number
  tables: Tables
  defects: MappingDefects
  sink: MappingSink
}

/** The original position of a mapping without one. */
export const UNMAPPED: OriginalPosition = { line: -1, column: -1, name: -1 }

const emit = (segment: Segment): void => {
  const { fields, count, totals, ordinal, tables, defects, sink } = segment
  for (let i = 0; i < count; i++) totals[i]! += fields[i]!
  const [column, source, line, originalColumn, name] = totals as unknown as [number, number, number, number, number]
  if (column < 0 || column > MAX_POSITION) {
    defects.negativeColumns++
    return
  }
  if (count === 1) return sink.mapping(column, -1, UNMAPPED, ordinal)
  const known = source >= 0 && source < tables.sources
  const inRange = line >= 0 && line <= MAX_POSITION && originalColumn >= 0 && originalColumn <= MAX_POSITION
  if (!known) defects.sourcesOutOfRange++
  else if (!inRange) defects.originalsOutOfRange++
  if (!known || !inRange) return sink.mapping(column, -1, UNMAPPED, ordinal)
  const named = count === 5 && name >= 0 && name < tables.names
  if (count === 5 && !named) defects.namesOutOfRange++
  sink.mapping(column, source, { line, column: originalColumn, name: named ? name : -1 }, ordinal)
}

/**
 * Decodes `rangeMappings`: for each line which of its mappings are range mappings. Each number is the distance from the one
 * before, the first counts from 0 (ECMA-426 proposal, stage 2; until April 2026 it counted from 1).
 */
export const decodeRangeMappings = (text: string): Map<number, Set<number>> => {
  const lines = new Map<number, Set<number>>()
  for (const [line, part] of text.split(';').entries()) {
    const ordinals = new Set<number>()
    let ordinal = 0
    let value = 0
    let shift = 0
    for (const char of part) {
      const digit = DIGITS[char.charCodeAt(0) & 255]!
      if (digit === INVALID_DIGIT || shift > 30) break
      value += (digit & 31) * 2 ** shift
      shift += 5
      if (digit & 32) continue
      ordinal += value
      ordinals.add(ordinal)
      value = shift = 0
    }
    if (ordinals.size > 0) lines.set(line, ordinals)
  }
  return lines
}
