// Text that is added within a line moves only what stands behind it on that line. Columns in `mappings` are deltas, so
// one number of the line changes and everything else of the map stays byte for byte.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map([...ALPHABET].map((char, value) => [char, value]))

/** Text of `length` UTF-16 units put in at a place that counts lines and columns from 0. */
export interface Insertion {
  line: number
  column: number
  length: number
}

export interface SourceMapJson {
  mappings?: unknown
  sections?: unknown
  [member: string]: unknown
}

interface Vlq {
  value: number
  /** Characters read. */
  length: number
}

const readVlq = (text: string): Vlq => {
  let unsigned = 0
  for (let length = 0; length < text.length; length++) {
    const digit = VALUES.get(text[length]!)
    if (digit === undefined) break
    unsigned += (digit & 31) * 32 ** length
    if (digit < 32) return { value: unsigned % 2 ? -Math.floor(unsigned / 2) : unsigned / 2, length: length + 1 }
  }
  throw new RangeError(`"mappings" holds "${text.slice(0, 12)}", which is not a Base64 VLQ number`)
}

const writeVlq = (value: number): string => {
  let unsigned = value < 0 ? -value * 2 + 1 : value * 2
  let text = ''
  do {
    const digit = unsigned % 32
    unsigned = Math.floor(unsigned / 32)
    text += ALPHABET[unsigned > 0 ? digit + 32 : digit]
  } while (unsigned > 0)
  return text
}

const shiftLine = (line: string, { column, length }: Insertion): string => {
  let from = 0
  let to = 0
  const shift = (segment: string): string => {
    if (segment === '') return segment
    const delta = readVlq(segment)
    from += delta.value
    const target = from >= column ? from + length : from
    const shifted = target - to
    to = target
    return shifted === delta.value ? segment : writeVlq(shifted) + segment.slice(delta.length)
  }
  return line.split(',').map(shift).join(',')
}

const lineBounds = (mappings: string, line: number): [number, number] | undefined => {
  let start = 0
  for (let skipped = 0; skipped < line; skipped++) {
    const end = mappings.indexOf(';', start)
    if (end === -1) return undefined
    start = end + 1
  }
  const end = mappings.indexOf(';', start)
  return [start, end === -1 ? mappings.length : end]
}

const shiftMappings = (mappings: string, insertion: Insertion): string => {
  const bounds = lineBounds(mappings, insertion.line)
  if (!bounds) return mappings
  const [start, end] = bounds
  return mappings.slice(0, start) + shiftLine(mappings.slice(start, end), insertion) + mappings.slice(end)
}

interface Section {
  offset: { line: number; column: number }
  map?: SourceMapJson
}

const isSection = (section: unknown): section is Section => {
  const offset = (section as Section | null)?.offset
  return Number.isInteger(offset?.line) && Number.isInteger(offset?.column)
}

const shiftSection = (section: Section, isHit: boolean, insertion: Insertion): Section => {
  const { line, column } = section.offset
  if (isHit && section.map) {
    const inner = {
      ...insertion,
      line: insertion.line - line,
      column: insertion.column - (insertion.line === line ? column : 0),
    }
    return { ...section, map: shiftMap(section.map, inner) }
  }
  const moves = line === insertion.line && column >= insertion.column
  return moves ? { ...section, offset: { line, column: column + insertion.length } } : section
}

const shiftSections = (sections: unknown[], insertion: Insertion): unknown[] => {
  const isBefore = (section: unknown): boolean =>
    isSection(section) &&
    (section.offset.line < insertion.line ||
      (section.offset.line === insertion.line && section.offset.column < insertion.column))
  const hit = sections.findLastIndex(isBefore)
  return sections.map((section, index) =>
    isSection(section) ? shiftSection(section, index === hit, insertion) : section,
  )
}

/** The map of the same script after the insertion. Throws RangeError when `mappings` cannot be read. */
export const shiftMap = (map: SourceMapJson, insertion: Insertion): SourceMapJson => {
  // The scopes of ECMA-426's stage 3 proposal hold columns of their own; wrong ones are worse than none.
  const { scopes: _, ...rest } = map
  if (Array.isArray(rest.sections)) return { ...rest, sections: shiftSections(rest.sections, insertion) }
  if (typeof rest.mappings === 'string') return { ...rest, mappings: shiftMappings(rest.mappings, insertion) }
  return rest
}
