import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { BLOCK_HAS_RANGES, MAPPING } from './layout.ts'

/** Fields of a mapping, all 0-based; `-1` for no source and for no name. */
export const FIELDS = 7
export const LINE = 0
export const COLUMN = 1
export const SOURCE_INDEX = 2
export const ORIGINAL_LINE = 3
export const ORIGINAL_COLUMN = 4
export const NAME = 5
/** 1 for a range mapping: the original position advances with the generated one. */
export const RANGE = 6

/** Mappings of a block in generated order, FIELDS numbers each. */
export type Mappings = Int32Array

export const encodeBlock = (mappings: Mappings, count: number): Uint8Array => {
  const out = new ByteWriter(count * 5 + 64)
  const hasRanges = anyRange(mappings, count)
  out.varint(count)
  out.byte(hasRanges ? BLOCK_HAS_RANGES : 0)
  const previous = new Int32Array(FIELDS)
  for (let i = 0; i < count; i++) encodeMapping(out, mappings.subarray(i * FIELDS, (i + 1) * FIELDS), previous)
  if (hasRanges) for (let i = 0; i < count; i++) out.byte(mappings[i * FIELDS + RANGE]!)
  return out.view().slice()
}

const anyRange = (mappings: Mappings, count: number): boolean => {
  for (let i = 0; i < count; i++) if (mappings[i * FIELDS + RANGE]) return true
  return false
}

const encodeMapping = (out: ByteWriter, mapping: Int32Array, previous: Int32Array): void => {
  const newLine = mapping[LINE]! !== previous[LINE]!
  if (newLine) previous[COLUMN] = 0
  const mapped = mapping[SOURCE_INDEX]! >= 0
  const columnDelta = mapping[COLUMN]! - previous[COLUMN]!
  const flags =
    (newLine ? MAPPING.newLine : 0) |
    (mapped ? MAPPING.mapped : 0) |
    (mapped && mapping[SOURCE_INDEX] !== previous[SOURCE_INDEX] ? MAPPING.otherSource : 0) |
    (mapped && mapping[ORIGINAL_LINE] !== previous[ORIGINAL_LINE] ? MAPPING.otherLine : 0) |
    (mapping[NAME]! >= 0 ? MAPPING.named : 0) |
    (Math.min(columnDelta, MAPPING.longColumn) << MAPPING.columnShift)
  out.byte(flags)
  if (newLine) out.varint(mapping[LINE]! - previous[LINE]!)
  if (columnDelta >= MAPPING.longColumn) out.varint(columnDelta - MAPPING.longColumn)
  previous[LINE] = mapping[LINE]!
  previous[COLUMN] = mapping[COLUMN]!
  if (mapped) encodeOriginal(out, mapping, previous)
}

const encodeOriginal = (out: ByteWriter, mapping: Int32Array, previous: Int32Array): void => {
  if (mapping[SOURCE_INDEX] !== previous[SOURCE_INDEX]) out.zigzag(mapping[SOURCE_INDEX]! - previous[SOURCE_INDEX]!)
  if (mapping[ORIGINAL_LINE] !== previous[ORIGINAL_LINE]) out.zigzag(mapping[ORIGINAL_LINE]! - previous[ORIGINAL_LINE]!)
  out.zigzag(mapping[ORIGINAL_COLUMN]! - previous[ORIGINAL_COLUMN]!)
  previous.set(mapping.subarray(SOURCE_INDEX, ORIGINAL_COLUMN + 1), SOURCE_INDEX)
  if (mapping[NAME]! < 0) return
  out.zigzag(mapping[NAME]! - previous[NAME]!)
  previous[NAME] = mapping[NAME]!
}

/** Decodes a block whose checksum was right. One loop over plain locals: this is what a cold lookup waits for. */
export const decodeBlock = (bytes: Uint8Array): Mappings => {
  const reader = new ByteReader(bytes)
  const count = reader.varint()
  const hasRanges = reader.byte() === BLOCK_HAS_RANGES
  const out = new Int32Array(count * FIELDS)
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
  if (hasRanges) for (let at = 0; at < out.length; at += FIELDS) out[at + RANGE] = reader.byte()
  return out
}
