import type { SourceRecord, TextChunk } from './format/source-record.ts'
import type { TextPiece } from './format/source-text.ts'
import type { StoredIndex } from './format/stored-index.ts'

/** Lines shown before and after the line of a frame. */
const AROUND = 5
/** UTF-16 units of a line that are shown. */
const WIDTH = 140
/** Stands where a line was cut; clients of Sentry's API know it. */
const CUT = '{snip}'

export interface ContextLines {
  contextLine: string
  preContext: string[]
  postContext: string[]
}

/** The line of a 0-based position and its neighbours, each cut to what fits a screen; undefined past the end of the text. */
export const contextLines = (
  index: StoredIndex,
  source: SourceRecord,
  line: number,
  column: number,
): ContextLines | undefined => {
  if (line >= source.lines) return contextBySeparators(index, source, line, column)
  const first = Math.max(0, line - AROUND)
  const last = Math.min(source.lines - 1, line + AROUND)
  const lines: string[] = []
  for (let at = first; at <= last; at++) {
    const text = readLine(index, source.chunks, at, at === line ? column : 0)
    if (text === undefined) return undefined
    lines.push(text)
  }
  return {
    preContext: lines.slice(0, line - first),
    contextLine: lines[line - first]!,
    postContext: lines.slice(line - first + 1),
  }
}

const readLine = (
  index: StoredIndex,
  chunks: readonly TextChunk[],
  line: number,
  column: number,
): string | undefined => {
  const from = chunkAt(chunks, line, Math.max(0, column - WIDTH))
  if (from < 0) return ''
  let text = ''
  let start = 0
  let cutEnd = false
  for (let at = from; at < chunks.length; at++) {
    const chunk = chunks[at]!
    if (chunk.line > line) break
    const piece = index.text(chunk.ref)
    if (piece === undefined) return undefined
    const found = lineOfChunk(piece, line - chunk.line)
    if (at === from) start = chunk.line === line ? chunk.column : 0
    text += found
    cutEnd = start + text.length > column + WIDTH
    if (cutEnd) break
  }
  return cut(text, { at: Math.max(0, column - start), before: start > 0 })
}

/** The last chunk that begins at or before a position. */
const chunkAt = (chunks: readonly TextChunk[], line: number, column: number): number => {
  let low = -1
  let high = chunks.length
  while (low + 1 < high) {
    const middle = (low + high) >>> 1
    const chunk = chunks[middle]!
    if (chunk.line < line || (chunk.line === line && chunk.column <= column)) low = middle
    else high = middle
  }
  return low
}

const lineOfChunk = ({ text, starts }: TextPiece, line: number): string => {
  let end = starts[line + 1] ?? text.length
  while (end > starts[line]! && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--
  return text.slice(starts[line]!, end)
}

const cut = (text: string, column: { at: number; before: boolean }): string => {
  if (text.length <= WIDTH && !column.before) return text
  const start = Math.max(0, Math.min(column.at - 60, text.length - WIDTH))
  const end = Math.min(text.length, start + WIDTH)
  const before = start > 0 || column.before ? `${CUT} ` : ''
  return before + text.slice(start, end) + (end < text.length ? ` ${CUT}` : '')
}

// Old JavaScript ends lines at U+2028 and U+2029 too, and some tools still count so.
const contextBySeparators = (
  index: StoredIndex,
  source: SourceRecord,
  line: number,
  column: number,
): ContextLines | undefined => {
  const whole = source.chunks.map((chunk) => index.text(chunk.ref)?.text ?? '').join('')
  if (!/[\u2028\u2029]/.test(whole)) return undefined
  const lines = whole.split(/\r\n|[\n\r\u2028\u2029]/)
  if (line >= lines.length) return undefined
  const shown = (from: number, to: number): string[] =>
    lines.slice(Math.max(0, from), to).map((text) => cut(text, { at: 0, before: false }))
  return {
    preContext: shown(line - AROUND, line),
    contextLine: cut(lines[line]!, { at: column, before: false }),
    postContext: shown(line + 1, line + 1 + AROUND),
  }
}
