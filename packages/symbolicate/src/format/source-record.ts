import { isProjectPath } from '../in-app.ts'
import { ByteReader, type RecordRef } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { SOURCE } from './layout.ts'

/** What the index knows of one source besides its mappings. */
export interface StoredSource {
  /** As in the map, `sourceRoot` joined; null for a null source. */
  source: string | null
  /** As a person of the project would write it. */
  path: string | null
  /** On the map's ignore list. */
  ignored: boolean
  hasText: boolean
  /** U+2028 or U+2029 stands in the text: some tools count lines by them too. */
  hasSeparators: boolean
  /** Where its lines begin among those of all texts, and how many there are. */
  firstLine: number
  lines: number
}

/** The same, with what was found out about it since. */
export interface SourceRecord extends StoredSource {
  inApp?: boolean
}

export const encodeSource = (stored: StoredSource): Uint8Array => {
  const out = new ByteWriter(256)
  const isSame = stored.path === stored.source
  out.byte(
    (stored.ignored ? SOURCE.ignored : 0) |
      (stored.hasText ? SOURCE.content : 0) |
      (stored.source === null ? SOURCE.null : 0) |
      (isSame ? SOURCE.samePath : 0) |
      (stored.hasSeparators ? SOURCE.separators : 0),
  )
  out.varint(stored.firstLine)
  out.varint(stored.lines)
  out.string(stored.source ?? '')
  if (!isSame) out.string(stored.path ?? '')
  return out.view().slice()
}

export const decodeSource = ({ bytes, start, end }: RecordRef): SourceRecord => {
  const reader = new ByteReader(bytes, start, end)
  const flags = reader.byte()
  const firstLine = reader.varint()
  const lines = reader.varint()
  const source = reader.string()
  const path = flags & SOURCE.samePath ? source : reader.string()
  const isNull = (flags & SOURCE.null) !== 0
  return {
    source: isNull ? null : source,
    path: isNull ? null : path,
    ignored: (flags & SOURCE.ignored) !== 0,
    hasText: (flags & SOURCE.content) !== 0,
    hasSeparators: (flags & SOURCE.separators) !== 0,
    firstLine,
    lines,
  }
}

/** Whether the source is the project's own code; asked for once, because paths are matched with many patterns. */
export const isInApp = (record: SourceRecord): boolean =>
  (record.inApp ??= !record.ignored && isProjectPath(record.path ?? ''))
