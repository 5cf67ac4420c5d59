import type { Options } from '../options.ts'
import { maskSecrets } from './mask.ts'
import { read, readText } from './read.ts'

/** How many characters of each text are kept. */
export const charsOf = ({ maxValueLength = 1024 }: Options): number => maxValueLength

const MAX_ENTRIES = 50
const MAX_CONTAINERS = 100
const MAX_SMALL_CHARS = 300

export const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max)}…` : text)

const tagOf = (value: unknown): string => {
  try {
    return {}.toString.call(value)
  } catch {
    // A Proxy whose traps throw.
    return '[object Object]'
  }
}

/** An Error of any realm, or a DOMException. */
export const isError = (value: unknown): boolean => /(Error|Exception)]$/.test(tagOf(value))

/** What JSON can hold as it is, besides texts. */
const isScalar = (value: unknown): boolean => Number.isFinite(value) || typeof value === 'boolean' || value == null

/** Copies values to a depth; what it has met bounds a wide tree as well as a deep one. */
const createCopy = (chars: number): ((value: unknown, depth: number) => unknown) => {
  const met: unknown[] = []
  const copy = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return maskSecrets(cut(value, chars))
    if (typeof value !== 'object' || value === null) return isScalar(value) ? value : cut(String(value), 99)
    if (met.includes(value)) return '[Circular]'
    const isList = Array.isArray(value)
    const tag = tagOf(value)
    const isPlain = isList || tag === '[object Object]'
    if (!isPlain && isError(value)) return `${readText(value, 'name')}: ${cut(readText(value, 'message'), chars)}`
    if (!isPlain || depth <= 0 || met.push(value) > MAX_CONTAINERS) return `[${tag.slice(8)}`
    const entries: Record<PropertyKey, unknown> = isList ? ([] as never) : {}
    // The keys of a long list would take long.
    const keys = Object.keys(isList ? value.slice(0, MAX_ENTRIES) : value)
    for (const key of keys.slice(0, MAX_ENTRIES)) entries[key] = copy(read(value, key), depth - 1)
    return entries
  }
  return copy
}

/** A bounded copy that JSON can hold, whatever the value is; never a reference to it, never a throw. */
export const normalize = (value: unknown, depth: number, chars: number): unknown => {
  try {
    return createCopy(chars)(value, depth)
  } catch {
    return '[Unreadable]'
  }
}

let room = 0

/** Whether it is plain, without functions, and of so few parts that JSON may have it uncopied: most of what pages log. */
const isSmall = (value: unknown): boolean => {
  if (--room < 0) return false
  if (typeof value === 'string') return value.length < MAX_SMALL_CHARS
  if (typeof value !== 'object' || value === null) return isScalar(value)
  // A walk over a long list with gaps would not end early.
  if (Array.isArray(value)) return value.length < MAX_ENTRIES && value.every(isSmall)
  return value.constructor === Object && Object.values(value).every(isSmall)
}

const lineOf = (value: unknown, chars: number): string =>
  maskSecrets(cut(typeof value === 'string' ? value : `${JSON.stringify(value)}`, chars))

/** One line of text for any value, as a console would show it. */
export const toText = (value: unknown, chars: number): string => {
  try {
    room = MAX_ENTRIES
    if (isSmall(value)) return lineOf(value, chars)
  } catch {
    // A hostile getter, which the copy survives.
  }
  return lineOf(normalize(value, 2, chars), chars)
}
