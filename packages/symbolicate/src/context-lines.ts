import type { SourceRecord } from './format/source-record.ts'
import type { StoredIndex } from './format/stored-index.ts'
import type { TextCursor } from './format/text-cursor.ts'

/** Lines shown before and after the line of a frame, where nobody asks for more. */
export const AROUND = 5
/** UTF-16 units of a line that are shown. */
const WIDTH = 140
/** Stands where a line was cut; clients of Sentry's API know it. */
const CUT = '{snip}'

export interface ContextLines {
  contextLine: string
  preContext: string[]
  postContext: string[]
}

interface ContextPlace {
  line: number
  column: number
  /** Lines before and after. */
  around: number
}

/** The line of a 0-based position and its neighbours, each cut to what fits a screen; undefined past the end of the text. */
export const contextLines = (
  index: StoredIndex,
  source: SourceRecord,
  place: ContextPlace,
): ContextLines | undefined => {
  const { line, column, around } = place
  const isPast = line >= source.lines
  if (!source.hasText || (isPast && !source.hasSeparators)) return undefined
  const text = index.text(source)
  if (isPast) return contextBySeparators(text, source, place)
  const first = Math.max(0, line - around)
  const last = Math.min(source.lines - 1, line + around)
  const lines: string[] = []
  for (let at = first; at <= last; at++) {
    const shown = readLine(text, at, at === line ? column : 0)
    if (shown === undefined) return undefined
    lines.push(shown)
  }
  return {
    preContext: lines.slice(0, line - first),
    contextLine: lines[line - first]!,
    postContext: lines.slice(line - first + 1),
  }
}

const readLine = (text: TextCursor, line: number, column: number): string | undefined => {
  let part = text.part(line, Math.max(0, column - WIDTH))
  if (!part) return undefined
  const start = part.column
  let shown = part.text
  while (part?.goesOn && start + shown.length <= column + WIDTH) {
    part = text.rest()
    shown += part?.text ?? ''
  }
  return cut(shown, { at: Math.max(0, column - start), before: start > 0 })
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
  text: TextCursor,
  source: SourceRecord,
  { line, column, around }: ContextPlace,
): ContextLines | undefined => {
  const lines = allLines(text, source).flatMap((each) => each.split(/[\u2028\u2029]/))
  if (line >= lines.length) return undefined
  const shown = (from: number, to: number): string[] =>
    lines.slice(Math.max(0, from), to).map((each) => cut(each, { at: 0, before: false }))
  return {
    preContext: shown(line - around, line),
    contextLine: cut(lines[line]!, { at: column, before: false }),
    postContext: shown(line + 1, line + 1 + around),
  }
}

const allLines = (text: TextCursor, source: SourceRecord): string[] => {
  const lines: string[] = []
  for (let line = 0; line < source.lines; line++) {
    let part = text.part(line, 0)
    let whole = part?.text ?? ''
    while (part?.goesOn) {
      part = text.rest()
      whole += part?.text ?? ''
    }
    lines.push(whole)
  }
  return lines
}
