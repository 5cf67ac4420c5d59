import { deflateRawSync } from 'node:zlib'
import { PAGE_SIZE, type PageRef } from './layout.ts'
import { READ_MARGIN } from './packed-rows.ts'
import type { TableWriter } from './table-writer.ts'

/** Bytes of a piece of text: with what deflating adds to bytes without any pattern it still fits a page. */
const PIECE_SIZE = PAGE_SIZE - 64 - READ_MARGIN

const LINE_FEED = 10

/**
 * Writes a text as deflated pieces of whole lines; only a line longer than a piece is cut inside. Lines end with LF, whatever
 * ended them before. Gives the number of lines.
 *
 * @param firstLine - The number of its first line among the lines of all texts.
 */
export const writeText = (
  text: string,
  firstLine: number,
  writer: { texts: TableWriter; page(payload: Uint8Array): PageRef },
): number => {
  const bytes = Buffer.from(text.replace(/\r\n?/g, '\n'))
  let line = 0
  let column = 0
  let at = 0
  do {
    const end = pieceEnd(bytes, at)
    const piece = bytes.subarray(at, end)
    const { offset, length } = writer.page(deflateRawSync(piece, { level: 6 }))
    writer.texts.push(Int32Array.of(firstLine + line, column, offset, length, piece.length))
    const lastBreak = piece.lastIndexOf(LINE_FEED)
    const tail = bytes.toString('utf8', at + lastBreak + 1, end).length
    column = lastBreak < 0 ? column + tail : tail
    line += countLines(piece)
    at = end
  } while (at < bytes.length)
  return line + 1
}

const pieceEnd = (bytes: Buffer, from: number): number => {
  const limit = from + PIECE_SIZE
  if (limit >= bytes.length) return bytes.length
  const lineEnd = bytes.lastIndexOf(LINE_FEED, limit - 1) + 1
  if (lineEnd > from) return lineEnd
  // Never inside of a character; those of four bytes are two units of UTF-16, which stay together as well.
  let end = limit
  while ((bytes[end]! & 0xc0) === 0x80) end--
  return end
}

const countLines = (piece: Buffer): number => {
  let count = 0
  for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, at + 1)) count++
  return count
}
