export interface TrailingComment {
  value: string
  /** Offsets of the comment in the script: from its first slash to behind its last character. */
  start: number
  end: number
}

/** The comments at a script's end that tools read: `//# sourceMappingURL=…` and `//# debugId=…`. */
export interface TrailingComments {
  sourceMappingUrl?: TrailingComment
  debugId?: TrailingComment
}

// ECMA-426 (JavaScriptExtractSourceMapURL, checked 2026-11) takes no value with quotes: it would be inside a string.
const MAGIC = /\/[/*][#@]\s*(sourceMappingURL|debugId)=([^\s'"`]*[^\s'"`*/]\/?)\s*(?:\*\/)?\s*$/
const COMMENT_LINE = /^(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/)$/

const magicStart = (line: string): number =>
  Math.max(...['//#', '//@', '/*#', '/*@'].map((mark) => line.lastIndexOf(mark)))

interface Line {
  text: string
  start: number
}

/** Lines from the last to the first. */
function* linesFromEnd(code: string): Generator<Line> {
  let end = code.length
  while (end >= 0) {
    const start = end === 0 ? 0 : code.lastIndexOf('\n', end - 1) + 1
    yield { text: code.slice(start, end), start }
    end = start - 1
  }
}

const readLine = ({ text, start }: Line, found: TrailingComments): boolean => {
  const at = magicStart(text)
  const match = at === -1 ? null : MAGIC.exec(text.slice(at))
  if (!match) return COMMENT_LINE.test(text.trim())
  const key = match[1] === 'debugId' ? 'debugId' : 'sourceMappingUrl'
  found[key] ??= { value: match[2]!, start: start + at, end: start + at + match[0].trimEnd().length }
  return text.slice(0, at).trim() === ''
}

/** Reads a script from its end, up to the first line of code. The last comment of a kind counts, as in browsers. */
export const readTrailingComments = (code: string): TrailingComments => {
  const found: TrailingComments = {}
  for (const line of linesFromEnd(code)) {
    if (line.text.trim() === '') continue
    if (!readLine(line, found)) break
  }
  return found
}
