import { isFault, elements, members, parseJson, type Fault, type Range } from './json-members.ts'
import { decodeFunctionMappings, decodeOriginalScopes, type MapFunction } from './decode-scopes.ts'
import { joinSourceRoot } from './source-paths.ts'
import type { Warnings } from './warnings.ts'

/** What a map may claim at most; beyond it the map is refused with a sentence. */
export interface MapLimits {
  bytes: number
  mappings: number
  sources: number
  names: number
  /** Nesting of `sections`. */
  depth: number
}

export const DEFAULT_LIMITS: MapLimits = {
  bytes: 256 * 1024 * 1024,
  mappings: 16_000_000,
  sources: 200_000,
  names: 4_000_000,
  depth: 16,
}

/** One map without sections: the whole of an ordinary map, or one section of an index map. */
export interface MapPart {
  /** Where its first mapping lies in the generated file, and where the next section takes over; 0-based. */
  start: Place
  end: Place | undefined
  mappings: Uint8Array
  rangeMappings: string | undefined
  sources: (string | null)[]
  /** Where the text of each source stands in the map; undefined where it is missing or null. */
  contents: (Range | undefined)[]
  names: string[]
  /** The functions of each source, where the map lists them. */
  functions: (MapFunction[] | undefined)[]
  ignored: Set<number>
}

export interface Place {
  line: number
  column: number
}

export interface ParsedMap {
  parts: MapPart[]
  file: string | undefined
  debugId: string | undefined
}

export const before = (a: Place, b: Place): boolean => a.line < b.line || (a.line === b.line && a.column < b.column)

interface Reading {
  json: Buffer
  limits: MapLimits
  warnings: Warnings
  parts: MapPart[]
  sources: number
  names: number
}

/** Reads everything but the mappings and the texts, which stay where they are until the index is built. */
export const readMap = (json: Buffer, limits: MapLimits, warnings: Warnings): ParsedMap | Fault => {
  const reading: Reading = { json, limits, warnings, parts: [], sources: 0, names: 0 }
  const whole = { start: 0, end: json.length }
  const top = members(json, whole)
  if (isFault(top)) return top
  const fault = readObject(reading, top, { start: { line: 0, column: 0 }, end: undefined, depth: 0 })
  if (fault) return fault
  const text = (key: string): string | undefined => optional(reading, top, key, 'string')
  return { parts: reading.parts, file: text('file'), debugId: debugIdOf(text('debug_id') ?? text('debugId')) }
}

const debugIdOf = (text: string | undefined): string | undefined => {
  const hex = text?.toLowerCase().replaceAll('-', '')
  if (hex === undefined || !/^[\da-f]{32}/.test(hex)) return undefined
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

interface Slot {
  start: Place
  end: Place | undefined
  depth: number
}

const readObject = (reading: Reading, map: Map<string, Range>, slot: Slot): Fault | undefined => {
  const version = map.get('version')
  const number = version && parseJson(reading.json, version)
  if (Number(number) !== 3) reading.warnings.add('version')
  const sections = map.get('sections')
  return sections ? readSections(reading, sections, slot) : readPart(reading, map, slot)
}

const readSections = (reading: Reading, range: Range, slot: Slot): Fault | undefined => {
  if (slot.depth >= reading.limits.depth)
    return { fault: `sections are nested deeper than ${reading.limits.depth}`, at: range.start }
  const list = elements(reading.json, range)
  if (isFault(list)) return { fault: `sections: ${list.fault}`, at: list.at }
  const sections: { place: Place; map: Map<string, Range> }[] = []
  for (const element of list) {
    const section = readSection(reading, element, slot.start)
    if (section && isFault(section)) return section
    if (section) sections.push(section)
  }
  const sorted = sections.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column)
  if (sorted.some((section, i) => section !== sections[i])) reading.warnings.add('sections-unsorted')
  for (const [i, section] of sorted.entries()) {
    const next = sorted[i + 1]?.place
    const end = next && (!slot.end || before(next, slot.end)) ? next : slot.end
    const fault = readObject(reading, section.map, { start: section.place, end, depth: slot.depth + 1 })
    if (fault) return fault
  }
  return undefined
}

const readSection = (
  reading: Reading,
  range: Range,
  base: Place,
): { place: Place; map: Map<string, Range> } | Fault | undefined => {
  const section = members(reading.json, range)
  if (isFault(section)) return { fault: `a section: ${section.fault}`, at: section.at }
  const offset = section.get('offset')
  const { line, column } = ((offset && parseJson(reading.json, offset)) ?? {}) as Partial<Place>
  if (!isIndex(line) || !isIndex(column)) return { fault: 'a section has no valid offset', at: range.start }
  const mapRange = section.get('map')
  if (!mapRange) {
    reading.warnings.add('section-url')
    return undefined
  }
  const map = members(reading.json, mapRange)
  if (isFault(map)) return { fault: `the map of a section: ${map.fault}`, at: map.at }
  // The column of the offset moves the first line of the section only.
  return { place: { line: base.line + line, column: line === 0 ? base.column + column : column }, map }
}

const isIndex = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31

const readPart = (reading: Reading, map: Map<string, Range>, slot: Slot): Fault | undefined => {
  const { json, limits, warnings } = reading
  const mappings = mappingBytes(json, map.get('mappings'))
  if (!mappings)
    return { fault: 'the field "mappings" is missing or not a string', at: map.get('mappings')?.start ?? 0 }
  const list = map.get('sources') && parseJson(json, map.get('sources')!)
  if (!Array.isArray(list))
    return { fault: 'the field "sources" is missing or not an array', at: map.get('sources')?.start ?? 0 }
  reading.sources += list.length
  if (reading.sources > limits.sources)
    return { fault: `more than ${limits.sources} sources`, at: map.get('sources')!.start }
  const names = stringsOf(optional(reading, map, 'names', 'array') ?? [])
  reading.names += names.length
  if (reading.names > limits.names) return { fault: `more than ${limits.names} names`, at: map.get('names')!.start }
  const root = optional<string>(reading, map, 'sourceRoot', 'string') ?? ''
  if (list.some((source) => source !== null && typeof source !== 'string')) warnings.add('sources-not-strings')
  const ignore =
    optional<unknown[]>(reading, map, 'ignoreList', 'array') ??
    optional<unknown[]>(reading, map, 'x_google_ignoreList', 'array')
  reading.parts.push({
    start: slot.start,
    end: slot.end,
    mappings,
    rangeMappings: optional(reading, map, 'rangeMappings', 'string'),
    sources: list.map((source: unknown) => (typeof source === 'string' ? joinSourceRoot(root, source) : null)),
    contents: contentRanges(reading, map.get('sourcesContent'), list.length),
    names,
    functions: listedFunctions(reading, map, names),
    ignored: new Set(ignore?.filter((index): index is number => isIndex(index) && index < list.length)),
  })
  return undefined
}

/** By the proposed member, else by the older one of Bloomberg's tools. */
const listedFunctions = (
  reading: Reading,
  map: Map<string, Range>,
  names: readonly string[],
): (MapFunction[] | undefined)[] => {
  const scopes = optional<string>(reading, map, 'scopes', 'string')
  if (scopes !== undefined) return decodeOriginalScopes(scopes, names)
  const older = optional<unknown[]>(reading, map, 'x_com_bloomberg_sourcesFunctionMappings', 'array')
  return older?.map((text) => (typeof text === 'string' ? decodeFunctionMappings(text, names) : undefined)) ?? []
}

const stringsOf = (list: unknown[]): string[] => list.map((name) => (typeof name === 'string' ? name : String(name)))

const mappingBytes = (json: Buffer, range: Range | undefined): Uint8Array | undefined => {
  if (!range || json[range.start] !== 0x22) return undefined
  const bytes = json.subarray(range.start + 1, range.end - 1)
  if (!bytes.includes(0x5c)) return bytes
  // Some encoders write "\/" for the slash, which is a digit of base64.
  const text = parseJson(json, range)
  return typeof text === 'string' ? Buffer.from(text, 'latin1') : undefined
}

const contentRanges = (reading: Reading, range: Range | undefined, sources: number): (Range | undefined)[] => {
  if (!range) return []
  const list = elements(reading.json, range)
  if (isFault(list)) {
    if (reading.json.toString('latin1', range.start, range.end) !== 'null') reading.warnings.add('field-type')
    return []
  }
  if (list.length !== sources) reading.warnings.add('contents-length')
  return list.slice(0, sources).map((element) => (reading.json[element.start] === 0x22 ? element : undefined))
}

const optional = <T>(
  reading: Reading,
  map: Map<string, Range>,
  key: string,
  type: 'string' | 'array',
): T | undefined => {
  const range = map.get(key)
  if (!range) return undefined
  const value = parseJson(reading.json, range)
  if (type === 'array' ? Array.isArray(value) : typeof value === type) return value as T
  if (value !== null) reading.warnings.add('field-type')
  return undefined
}
