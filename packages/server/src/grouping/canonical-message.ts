// Engines word the same fault differently, and put variable names, numbers and addresses into the text.
// Patterns have bounded repeats and the text is cut before, so that hostile text stays cheap.

const MAX_CHARS = 4096
const MAX_LINES = 2

type Rule = readonly [pattern: RegExp, canonical: string]

// Wordings of Chromium, Firefox and WebKit for one fault (captured from the engines, 2026-11).
const ENGINE_WORDINGS: readonly Rule[] = [
  [/^cannot read propert(?:y|ies) of (?:undefined|null).{0,200}$/i, 'property of nullish'],
  [/^cannot destructure property .{0,300} (?:undefined|null)\.?$/i, 'property of nullish'],
  [/^cannot set propert(?:y|ies) of (?:undefined|null).{0,200}$/i, 'property of nullish'],
  [/^can't access property .{1,200} of (?:undefined|null)$/i, 'property of nullish'],
  [/^(?:can't access property .{1,200}, )?.{1,300} is (?:undefined|null)$/i, 'property of nullish'],
  [/^(?:undefined|null) is not an object \(evaluating .{1,300}\)$/i, 'property of nullish'],
  [/^.{1,300} is not a function(?:\. \(in .{1,300}\))?$/i, 'not a function'],
  [/^.{1,300} is not a constructor(?: \(evaluating .{1,300}\))?$/i, 'not a constructor'],
  [/^.{1,300} is not iterable.{0,200}$/i, 'not iterable'],
  [/^spread syntax requires .{0,20}iterable.{0,200}$/i, 'not iterable'],
  [
    /^(?:invalid array length|array length must be a positive integer.{0,100}|array size is not .{0,100})$/i,
    'invalid array length',
  ],
  [
    /^(?:failed to construct 'url': invalid url|url constructor: .{0,2000} is not a valid url\.?|".{0,2000}" cannot be parsed as a url.{0,200})$/i,
    'invalid URL',
  ],
  [/^(?:uri malformed|malformed uri sequence|uri error)$/i, 'malformed URI'],
  [
    /^(?:cannot assign to read only property .{1,300}|.{1,300} is read-only|attempted to assign to readonly property\.?)$/i,
    'read-only',
  ],
  [/^can't find variable: (.{1,200})$/i, '$1 is not defined'],
  [/^(?:failed to fetch|networkerror when attempting to fetch resource\.?|load failed)$/i, 'network request failed'],
  [/^(?:all promises were rejected|no promise in promise\.any was resolved)$/i, 'all promises rejected'],
  [/^unreachable(?: executed| code should not be executed.{0,300})?$/i, 'unreachable'],
  [/^.{0,100}'([^']{1,100})' is not a valid selector\.?$/i, "'$1' is not a valid selector"],
  [/^(?:maximum call stack size exceeded\.?|too much recursion)$/i, 'too much recursion'],
  [
    /^(?:failed to fetch dynamically imported module|error loading dynamically imported module|importing a module script failed).{0,2100}$/i,
    'dynamic import failed',
  ],
  [/^.{0,100}(?:in json at position|json\.parse:|json parse error:).{0,300}$/i, 'invalid JSON'],
]

// Order matters: the larger shapes come first, numbers last.
const VARIABLE_PARTS: readonly Rule[] = [
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
export const canonicalMessage = (message: string): string => {
  const text = withoutPrefix(firstLines(message))
  for (const [pattern, canonical] of ENGINE_WORDINGS) if (pattern.test(text)) return text.replace(pattern, canonical)
  return VARIABLE_PARTS.reduce((line, [pattern, name]) => line.replaceAll(pattern, name), text)
}
