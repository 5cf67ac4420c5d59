import type { Wording } from './engine-wordings.ts'

// Engines word the same fault differently, and put variable names, numbers and addresses into the text.
// Patterns have bounded repeats and the text is cut before, so that hostile text stays cheap.

const MAX_CHARS = 4096
const MAX_LINES = 2

// Order matters: the larger shapes come first, numbers last.
const VARIABLE_PARTS: readonly Wording[] = [
  [/\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b/g, '<email>'],
  [/\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s"'<>()]{1,2000}/gi, '<url>'],
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, '<uuid>'],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, '<date>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '<ip>'],
  [/\b0x[\da-f]{1,64}\b/gi, '<hex>'],
  [/\b(?=[a-f]{0,63}\d)(?=\d{0,63}[a-f])[\da-f]{8,64}\b/gi, '<hex>'],
  [/\b\d{1,40}(?:\.\d{1,40})?(?:ms|s|px|kb|mb|gb|%)?\b/gi, '<number>'],
]

const firstLines = (message: string): string => message.slice(0, MAX_CHARS).split(/\r?\n/, MAX_LINES).join('\n').trim()

// Firefox and WebKit put the class before the text of some errors that reach `window`.
const withoutPrefix = (message: string): string => message.replace(/^(?:uncaught )?(?:\w{1,50}error|error): /i, '')

/** The message as every engine and every occurrence would word it. */
export const canonicalMessage = (message: string, wordings: readonly Wording[]): string => {
  const text = withoutPrefix(firstLines(message))
  for (const [pattern, canonical] of wordings) if (pattern.test(text)) return text.replace(pattern, canonical)
  return VARIABLE_PARTS.reduce((line, [pattern, name]) => line.replaceAll(pattern, name), text)
}
