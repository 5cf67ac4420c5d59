import type { Options } from '../options.ts'
import { maskSecrets } from './mask.ts'
import { read, readText } from './read.ts'

/** How many characters of each text are kept. */
export const charsOf = ({ maxValueLength = 1024 }: Options): number => maxValueLength

const MAX_ENTRIES = 50
const MAX_CONTAINERS = 100

export const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max)}…` : text)

const tagOf = (value: unknown): string => {
  try {
    return {}.toString.call(value).slice(8, -1)
  } catch {
    // A Proxy whose traps throw.
    return 'Object'
  }
}

/** An Error of any realm, or a DOMException. */
export const isError = (value: unknown): boolean => /(Error|Exception)$/.test(tagOf(value))

interface Bounds {
  chars: number
  /** All containers met so far: a wide tree is as bad as a deep one. */
  met: unknown[]
}

const copy = (value: unknown, depth: number, bounds: Bounds): unknown => {
  const { chars, met } = bounds
  if (typeof value === 'string') return maskSecrets(cut(value, chars))
  if (typeof value !== 'object' || value === null)
    return Number.isFinite(value) || typeof value === 'boolean' || value == null ? value : cut(String(value), 99)
  if (isError(value)) return `${readText(value, 'name')}: ${cut(readText(value, 'message'), chars)}`
  if (met.includes(value)) return '[Circular]'
  const isList = Array.isArray(value)
  const tag = tagOf(value)
  if (!(isList || tag === 'Object') || depth <= 0 || met.push(value) > MAX_CONTAINERS) return `[${tag}]`
  const entries: Record<PropertyKey, unknown> = isList ? ([] as never) : {}
  // The keys of a long list would take long.
  const keys = Object.keys(isList ? value.slice(0, MAX_ENTRIES) : value)
  for (const key of keys.slice(0, MAX_ENTRIES)) entries[key] = copy(read(value, key), depth - 1, bounds)
  return entries
}

/** A bounded copy that JSON can hold, whatever the value is; never a reference to it, never a throw. */
export const normalize = (value: unknown, depth: number, chars: number): unknown => {
  try {
    return copy(value, depth, { chars, met: [] })
  } catch {
    return '[Unreadable]'
  }
}

/** One line of text for any value, as a console would show it. */
export const toText = (value: unknown, chars: number): string => {
  const plain = normalize(value, 2, chars)
  return typeof plain === 'string' ? plain : cut(`${JSON.stringify(plain)}`, chars)
}
