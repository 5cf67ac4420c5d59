import type { SourceMapJson } from './shift-mappings.ts'

interface Place {
  /** Where the mappings begin in the script, counted from 0. */
  line: number
  column: number
}

interface Count {
  mappings: number
  /** Those that point at nothing: behind the end of their line or of the script, or at a source that is not listed. */
  astray: number
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const DIGITS = new Int8Array(128).fill(-1)
for (const [value, char] of [...ALPHABET].entries()) DIGITS[char.charCodeAt(0)] = value

const COMMA = 44
const SEMICOLON = 59
// Tools map a few places of their own; more than this share, and the map is of another script.
const TOO_MANY = 0.5

const lengthsOf = (code: string): number[] => code.split(/\r\n|\n|\r/).map((line) => line.length)

// One pass that keeps nothing: lists of all mappings would take longer than the rest of an upload.
const countMappings = (
  text: string,
  lengths: readonly number[],
  { start, sources }: { start: Place; sources: number },
) => {
  const count: Count = { mappings: 0, astray: 0 }
  const at = [start.column, 0]
  let [line, field, value, shift] = [start.line, 0, 0, 0]
  const endMapping = (): void => {
    if (field === 0) return
    const isInScript = at[0]! >= 0 && at[0]! <= (lengths[line] ?? -1)
    const hasSource = field === 1 || (at[1]! >= 0 && at[1]! < sources)
    count.mappings += 1
    if (!isInScript || !hasSource) count.astray += 1
    field = 0
  }
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === COMMA || code === SEMICOLON) {
      endMapping()
      if (code === SEMICOLON) [line, at[0]] = [line + 1, 0]
      continue
    }
    const digit = DIGITS[code] ?? -1
    if (digit < 0 || shift > 30) return undefined
    value |= (digit & 31) << shift
    shift += 5
    if (digit >= 32) continue
    if (field < 2) at[field]! += value & 1 ? -(value >>> 1) : value >>> 1
    field += 1
    value = shift = 0
  }
  endMapping()
  return count
}

interface Section {
  offset: Place
  map: SourceMapJson
}

const isSection = (section: Partial<Section> | null): section is Section =>
  Number.isInteger(section?.offset?.line) &&
  Number.isInteger(section?.offset?.column) &&
  (Array.isArray(section?.map?.sections) || typeof section?.map?.mappings === 'string')

const hasBrokenSection = ({ sections }: SourceMapJson): boolean =>
  Array.isArray(sections) && !sections.every((section) => isSection(section) && !hasBrokenSection(section.map))

const countOf = (map: SourceMapJson, lengths: readonly number[], start: Place): Count | undefined => {
  if (!Array.isArray(map.sections)) {
    const sources = Array.isArray(map['sources']) ? map['sources'].length : 0
    return countMappings(String(map.mappings ?? ''), lengths, { start, sources })
  }
  const total: Count = { mappings: 0, astray: 0 }
  for (const section of map.sections as Section[]) {
    const count = countOf(section.map, lengths, section.offset)
    if (!count) return undefined
    total.mappings += count.mappings
    total.astray += count.astray
  }
  return total
}

/** Says why a map cannot be the script's, continuing a sentence that begins with the map's name; undefined when it can. */
export const findMisfit = (map: SourceMapJson, script: { name: string; code: string }): string | undefined => {
  if (hasBrokenSection(map)) return 'has a section without a place or without mappings'
  const count = countOf(map, lengthsOf(script.code), { line: 0, column: 0 })
  if (!count) return 'has "mappings" that are no Base64 VLQ numbers'
  if (count.astray <= count.mappings * TOO_MANY) return undefined
  return `is not the map of ${script.name}: ${count.astray} of its ${count.mappings} mappings point outside of the script or its sources`
}
