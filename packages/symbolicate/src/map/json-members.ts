/** Bytes `start` to `end` (exclusive) of a JSON text. */
export interface Range {
  start: number
  end: number
}

/** What is wrong with a JSON text, and at which byte. */
export interface Fault {
  fault: string
  at: number
}

export const isFault = (value: object): value is Fault => 'fault' in value

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const COMMA = 0x2c
const COLON = 0x3a

/**
 * The members of the object at `range`, as ranges of their values: a map of 20 MB never becomes one JavaScript object.
 * Values are not looked into, so a member that nobody reads may hold anything; the last of equal keys wins, as in JSON.parse.
 */
export const members = (json: Buffer, range: Range): Map<string, Range> | Fault => {
  const found = new Map<string, Range>()
  let at = skipSpace(json, range.start)
  if (json[at] !== OPEN_BRACE) return { fault: 'expected an object', at }
  at = skipSpace(json, at + 1)
  if (json[at] === CLOSE_BRACE) return found
  for (;;) {
    if (json[at] !== QUOTE) return { fault: 'expected a quoted key', at }
    const keyEnd = endOfString(json, at)
    const key = parseJson(json, { start: at, end: keyEnd })
    if (typeof key !== 'string') return { fault: 'expected a quoted key', at }
    at = skipSpace(json, keyEnd)
    if (json[at] !== COLON) return { fault: 'expected a colon after a key', at }
    const start = skipSpace(json, at + 1)
    const end = endOfValue(json, start)
    if (end < 0 || end === start) return { fault: 'the value is cut off', at: start }
    found.set(key, { start, end })
    at = skipSpace(json, end)
    if (json[at] === CLOSE_BRACE) return found
    if (json[at] !== COMMA) return { fault: 'expected a comma or the end of the object', at }
    at = skipSpace(json, at + 1)
  }
}

/** The elements of the array at `range`. */
export const elements = (json: Buffer, range: Range): Range[] | Fault => {
  const found: Range[] = []
  let at = skipSpace(json, range.start)
  if (json[at] !== OPEN_BRACKET) return { fault: 'expected an array', at }
  at = skipSpace(json, at + 1)
  if (json[at] === CLOSE_BRACKET) return found
  for (;;) {
    const end = endOfValue(json, at)
    if (end < 0 || end === at) return { fault: 'the value is cut off', at }
    found.push({ start: at, end })
    at = skipSpace(json, end)
    if (json[at] === CLOSE_BRACKET) return found
    if (json[at] !== COMMA) return { fault: 'expected a comma or the end of the array', at }
    at = skipSpace(json, at + 1)
  }
}

/** The value at `range`; `undefined`, which JSON has no word for, when it is not valid JSON. */
export const parseJson = (json: Buffer, range: Range): unknown => {
  try {
    return JSON.parse(json.toString('utf8', range.start, range.end)) as unknown
  } catch {
    return undefined
  }
}

const skipSpace = (json: Buffer, from: number): number => {
  let at = from
  while (json[at] === 0x20 || json[at] === 0x0a || json[at] === 0x0d || json[at] === 0x09) at++
  return at
}

const endOfValue = (json: Buffer, start: number): number => {
  const first = json[start]
  if (first === QUOTE) return endOfString(json, start)
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return endOfNested(json, start)
  let at = start
  while (at < json.length && !endsScalar(json[at]!)) at++
  return at
}

const endsScalar = (byte: number): boolean =>
  byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || byte <= 0x20

// Counts brackets instead of recursing: the depth of a hostile map must not become the depth of our stack.
const endOfNested = (json: Buffer, start: number): number => {
  let depth = 0
  for (let at = start; at < json.length; at++) {
    const byte = json[at]!
    if (byte === QUOTE) {
      at = endOfString(json, at) - 1
      if (at < 0) return -1
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++
    else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) return at + 1
  }
  return -1
}

/** The byte after the closing quote, -1 when there is none. */
const endOfString = (json: Buffer, start: number): number => {
  for (let at = json.indexOf(QUOTE, start + 1); at > 0; at = json.indexOf(QUOTE, at + 1)) {
    let escapes = 0
    while (json[at - 1 - escapes] === BACKSLASH) escapes++
    if (escapes % 2 === 0) return at + 1
  }
  return -1
}
