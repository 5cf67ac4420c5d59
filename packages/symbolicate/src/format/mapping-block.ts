import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { BLOCK_HAS_RANGES, MAPPING } from './layout.ts'

/** Fields of a mapping, all 0-based; `-1` for no source and for no name. */
export const FIELDS = 6
export const LINE = 0
export const COLUMN = 1
export const SOURCE_INDEX = 2
export const ORIGINAL_LINE = 3
export const ORIGINAL_COLUMN = 4
export const NAME = 5

/** The NAME field holds both the name and whether this is a range mapping, whose original position advances with the generated one. */
export const nameField = (name: number, isRange: boolean): number => (isRange ? -3 - name : name)

export const isRange = (mappings: Mappings, at: number): boolean => mappings[at + NAME]! < -1

/** Index of the name, -1 for none. */
export const nameIn = (mappings: Mappings, at: number): number => {
  const field = mappings[at + NAME]!
  return field < -1 ? -3 - field : field
}

/** Mappings of a block in generated order, FIELDS numbers each. */
export type Mappings = Int32Array

export const encodeBlock = (mappings: Mappings, count: number): Uint8Array => {
  const out = new ByteWriter(count * 5 + 64)
  const hasRanges = anyRange(mappings, count)
  out.varint(count)
  out.byte(hasRanges ? BLOCK_HAS_RANGES : 0)
  const previous = new Int32Array(FIELDS)
  for (let i = 0; i < count; i++) encodeMapping(out, mappings, i * FIELDS, previous)
  if (hasRanges) for (let i = 0; i < count; i++) out.byte(isRange(mappings, i * FIELDS) ? 1 : 0)
  return out.view().slice()
}

const anyRange = (mappings: Mappings, count: number): boolean => {
  for (let i = 0; i < count; i++) if (isRange(mappings, i * FIELDS)) return true
  return false
}

const encodeMapping = (out: ByteWriter, mappings: Mappings, at: number, previous: Int32Array): void => {
  const newLine = mappings[at + LINE]! !== previous[LINE]!
  if (newLine) previous[COLUMN] = 0
  const mapped = mappings[at + SOURCE_INDEX]! >= 0
  const columnDelta = mappings[at + COLUMN]! - previous[COLUMN]!
  const flags =
    (newLine ? MAPPING.newLine : 0) |
    (mapped ? MAPPING.mapped : 0) |
    (mapped && mappings[at + SOURCE_INDEX] !== previous[SOURCE_INDEX] ? MAPPING.otherSource : 0) |
    (mapped && mappings[at + ORIGINAL_LINE] !== previous[ORIGINAL_LINE] ? MAPPING.otherLine : 0) |
    (nameIn(mappings, at) >= 0 ? MAPPING.named : 0) |
    (Math.min(columnDelta, MAPPING.longColumn) << MAPPING.columnShift)
  out.byte(flags)
  if (newLine) out.varint(mappings[at + LINE]! - previous[LINE]!)
  if (columnDelta >= MAPPING.longColumn) out.varint(columnDelta - MAPPING.longColumn)
  previous[LINE] = mappings[at + LINE]!
  previous[COLUMN] = mappings[at + COLUMN]!
  if (mapped) encodeOriginal(out, mappings, at, previous)
}

const encodeOriginal = (out: ByteWriter, mappings: Mappings, at: number, previous: Int32Array): void => {
  const source = mappings[at + SOURCE_INDEX]!
  const line = mappings[at + ORIGINAL_LINE]!
  if (source !== previous[SOURCE_INDEX]) out.zigzag(source - previous[SOURCE_INDEX]!)
  if (line !== previous[ORIGINAL_LINE]) out.zigzag(line - previous[ORIGINAL_LINE]!)
  out.zigzag(mappings[at + ORIGINAL_COLUMN]! - previous[ORIGINAL_COLUMN]!)
  previous[SOURCE_INDEX] = source
  previous[ORIGINAL_LINE] = line
  previous[ORIGINAL_COLUMN] = mappings[at + ORIGINAL_COLUMN]!
  const name = nameIn(mappings, at)
  if (name < 0) return
  out.zigzag(name - previous[NAME]!)
  previous[NAME] = name
}

/** Decodes a block whose checksum was right. One loop over plain locals: this is what a cold lookup waits for. */
export const decodeBlock = (bytes: Uint8Array, array: (length: number) => Int32Array): Mappings => {
  const reader = new ByteReader(bytes)
  const count = reader.varint()
  const hasRanges = reader.byte() === BLOCK_HAS_RANGES
  const out = array(count * FIELDS)
  let line = 0
  let column = 0
  let source = 0
  let originalLine = 0
  let originalColumn = 0
  let name = 0
  for (let at = 0; at < out.length; at += FIELDS) {
    const flags = reader.byte()
    if (flags & MAPPING.newLine) {
      line += reader.varint()
      column = 0
    }
    const delta = flags >> MAPPING.columnShift
    column += delta === MAPPING.longColumn ? delta + reader.varint() : delta
    const mapped = (flags & MAPPING.mapped) !== 0
    if (flags & MAPPING.otherSource) source += reader.zigzag()
    if (flags & MAPPING.otherLine) originalLine += reader.zigzag()
    if (mapped) originalColumn += reader.zigzag()
    if (flags & MAPPING.named) name += reader.zigzag()
    out[at + LINE] = line
    out[at + COLUMN] = column
    out[at + SOURCE_INDEX] = mapped ? source : -1
    out[at + ORIGINAL_LINE] = mapped ? originalLine : -1
    out[at + ORIGINAL_COLUMN] = mapped ? originalColumn : -1
    out[at + NAME] = flags & MAPPING.named ? name : -1
  }
  if (hasRanges)
    for (let at = 0; at < out.length; at += FIELDS) out[at + NAME] = nameField(out[at + NAME]!, reader.byte() === 1)
  return out
}
