const CONTINUES = /^(?:[.,([+\-*/%<>=!&|^?:`]|in\b|instanceof\b)/
const TRIVIA = /(?:[\s\uFEFF]|\/\/[^\n\r\u2028\u2029]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*/y
const STRING = /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'/y

const matchAt = (pattern: RegExp, code: string, offset: number): string | undefined => {
  pattern.lastIndex = offset
  return pattern.exec(code)?.[0]
}

/** Offset behind the directive that starts at `offset`; undefined when there is none. */
const directiveEnd = (code: string, offset: number): number | undefined => {
  const literal = matchAt(STRING, code, offset)
  if (literal === undefined) return undefined
  const end = offset + literal.length
  const between = matchAt(TRIVIA, code, end) ?? ''
  const next = end + between.length
  if (code[next] === ';') return next + 1
  const endsByLine = next >= code.length || (/[\n\r]/.test(between) && !CONTINUES.test(code.slice(next, next + 12)))
  return endsByLine ? end : undefined
}

/**
 * Where code may be added without changing what the script means: behind a byte order mark, a hashbang line and the
 * directives (`"use strict"` anywhere else is only a string).
 */
export const insertionOffset = (code: string): number => {
  let offset = code.startsWith('\uFEFF') ? 1 : 0
  if (code.startsWith('#!', offset)) {
    const newline = code.indexOf('\n', offset)
    if (newline === -1) return code.length
    offset = newline + 1
  }
  for (;;) {
    const start = offset + (matchAt(TRIVIA, code, offset) ?? '').length
    const end = directiveEnd(code, start)
    if (end === undefined) return offset
    offset = end
  }
}
