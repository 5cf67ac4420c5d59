import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { SOURCE, type BlobRef } from './layout.ts'

/** A chunk of source text, and the 0-based position of its first character. */
export interface TextChunk {
  line: number
  column: number
  ref: BlobRef
}

/** What the index knows of one source besides its mappings. */
export interface SourceRecord {
  /** As in the map, `sourceRoot` joined; null for a null source. */
  source: string | null
  /** As a person of the project would write it. */
  path: string | null
  ignored: boolean
  /** SHA-256 of the text, hex; undefined without a text. */
  hash: string | undefined
  lines: number
  chunks: TextChunk[]
  scopes: BlobRef | undefined
}

export const encodeSource = (record: SourceRecord): Uint8Array => {
  const out = new ByteWriter()
  out.byte(
    (record.ignored ? SOURCE.ignored : 0) |
      (record.hash === undefined ? 0 : SOURCE.content) |
      (record.scopes ? SOURCE.scopes : 0) |
      (record.source === null ? SOURCE.null : 0),
  )
  out.string(record.source ?? '')
  out.string(record.path ?? '')
  if (record.hash !== undefined) encodeText(out, record)
  if (record.scopes) writeRef(out, record.scopes)
  return out.view()
}

const encodeText = (out: ByteWriter, record: SourceRecord): void => {
  out.bytes(Buffer.from(record.hash!, 'hex'))
  out.varint(record.lines)
  out.varint(record.chunks.length)
  for (const { line, column, ref } of record.chunks) {
    out.varint(line)
    out.varint(column)
    writeRef(out, ref)
  }
}

const writeRef = (out: ByteWriter, { offset, length, crc }: BlobRef): void => {
  out.varint(offset)
  out.varint(length)
  out.varint(crc)
}

export const decodeSource = (bytes: Uint8Array): SourceRecord => {
  const reader = new ByteReader(bytes)
  const flags = reader.byte()
  const source = reader.string()
  const path = reader.string()
  const isNull = (flags & SOURCE.null) !== 0
  const text = flags & SOURCE.content ? decodeText(reader) : { hash: undefined, lines: 0, chunks: [] }
  return {
    source: isNull ? null : source,
    path: isNull ? null : path,
    ignored: (flags & SOURCE.ignored) !== 0,
    ...text,
    scopes: flags & SOURCE.scopes ? readRef(reader) : undefined,
  }
}

const decodeText = (reader: ByteReader): Pick<SourceRecord, 'hash' | 'lines' | 'chunks'> => {
  const hash = Buffer.from(reader.bytes(32)).toString('hex')
  const lines = reader.varint()
  const chunks: TextChunk[] = []
  for (let left = reader.varint(); left > 0; left--) {
    chunks.push({ line: reader.varint(), column: reader.varint(), ref: readRef(reader) })
  }
  return { hash, lines, chunks }
}

const readRef = (reader: ByteReader): BlobRef => ({
  offset: reader.varint(),
  length: reader.varint(),
  crc: reader.varint(),
})
