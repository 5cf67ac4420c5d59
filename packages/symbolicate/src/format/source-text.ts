import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { lineStarts } from '../scopes/text-lines.ts'
import { TEXT_CHUNK, type BlobRef } from './layout.ts'
import type { TextChunk } from './source-record.ts'

/** UTF-8 takes at most 3 bytes for a UTF-16 unit; a chunk that inflates to more is damaged or hostile. */
const MAX_INFLATED = TEXT_CHUNK * 2 * 3

/** Cuts a text into compressed chunks of whole lines; only a line longer than a chunk is cut inside. */
export const writeText = (
  text: string,
  store: (bytes: Uint8Array) => BlobRef,
): { chunks: TextChunk[]; lines: number } => {
  const starts = lineStarts(text)
  const chunks: TextChunk[] = []
  let line = 0
  let column = 0
  for (let at = 0; at < text.length;) {
    const end = chunkEnd(text, starts, { line, at })
    chunks.push({ line, column, ref: store(deflateRawSync(Buffer.from(text.slice(at, end)), { level: 6 })) })
    while (line + 1 < starts.length && starts[line + 1]! <= end) line++
    column = end - starts[line]!
    at = end
  }
  return { chunks, lines: starts.length }
}

const chunkEnd = (text: string, starts: Int32Array, from: { line: number; at: number }): number => {
  const limit = from.at + TEXT_CHUNK
  if (limit >= text.length) return text.length
  let next = from.line + 1
  while (next < starts.length && starts[next]! <= limit) next++
  const lineEnd = starts[next - 1]!
  if (lineEnd > from.at) return lineEnd
  // Never between the halves of a surrogate pair.
  return /[\uD800-\uDBFF]/.test(text[limit - 1]!) ? limit - 1 : limit
}

/** A chunk of text, and where its lines begin. */
export interface TextPiece {
  text: string
  starts: Int32Array
}

export const readChunk = (bytes: Uint8Array): TextPiece => {
  const text = inflateRawSync(bytes, { maxOutputLength: MAX_INFLATED }).toString('utf8')
  return { text, starts: lineStarts(text) }
}
