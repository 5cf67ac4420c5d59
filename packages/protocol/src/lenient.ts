import { LIMITS } from './limits.ts'

// Clients of many ages and languages write events. A field that is not what it should be is left out; it never costs the
// rest of the event. An event has hundreds of fields, most of them in rows of frames and breadcrumbs, and every event is
// read: plain functions take a third of the time of a schema that could also say what is wrong (checked 2026-11).

/** Reads one value of parsed JSON; undefined when it is not what it should be. */
export type Read<T> = (input: unknown) => T | undefined

type Readers = Record<string, Read<unknown>>

type Optional<R extends Readers> = { [K in keyof R]: undefined extends ReturnType<R[K]> ? K : never }[keyof R]

type Fields<R extends Readers> = { [K in Optional<R>]?: ReturnType<R[K]> } & {
  [K in Exclude<keyof R, Optional<R>>]: ReturnType<R[K]>
}

/** An object's fields by their names; what is not valid is absent. */
export const fields = <R extends Readers>(readers: R): Read<{ [K in keyof Fields<R>]: Fields<R>[K] }> => {
  const list = Object.entries(readers)
  return (input) => {
    if (typeof input !== 'object' || input === null) return undefined
    const found: Record<string, unknown> = {}
    for (const [name, read] of list) {
      const value = read((input as Record<string, unknown>)[name])
      if (value !== undefined) found[name] = value
    }
    return found as { [K in keyof Fields<R>]: Fields<R>[K] }
  }
}

const asList = (input: unknown): unknown[] => {
  if (Array.isArray(input)) return input
  if (typeof input !== 'object' || input === null) return []
  const { values } = input as { values?: unknown }
  if (Array.isArray(values)) return values
  return values === undefined ? [input] : []
}

/** `[…]`, `{"values": […]}` and a bare object are all lists; the last `max` entries that are valid are kept. */
export const listOf =
  <T>(read: Read<T>, max: number) =>
  (input: unknown): T[] => {
    const valid: T[] = []
    for (const item of asList(input).slice(-max)) {
      const value = read(item)
      if (value !== undefined) valid.push(value)
    }
    return valid
  }

/** A list whose entries are all valid, and the first `max` of them. */
export const everyOf =
  <T>(read: Read<T>, max: number): Read<T[]> =>
  (input) => {
    if (!Array.isArray(input)) return undefined
    const values = input.map(read)
    return values.includes(undefined) ? undefined : (values.slice(0, max) as T[])
  }

/** Text of at most `max` characters; numbers and booleans are written out. */
export const text =
  (max: number): Read<string> =>
  (input) => {
    if (typeof input === 'string') return input.length > max ? input.slice(0, max) : input
    return typeof input === 'number' || typeof input === 'boolean' ? String(input).slice(0, max) : undefined
  }

export const flag: Read<boolean> = (input) => (typeof input === 'boolean' ? input : undefined)

/** A whole number from 0. */
export const whole: Read<number> = (input) =>
  Number.isInteger(input) && (input as number) >= 0 ? (input as number) : undefined

const boundContainer = (value: object, depth: number): unknown => {
  if (depth <= 0) return Array.isArray(value) ? '[Array]' : '[Object]'
  if (Array.isArray(value)) return value.slice(0, LIMITS.dataEntries).map((entry) => boundData(entry, depth - 1))
  const bounded: Record<string, unknown> = {}
  for (const key of Object.keys(value).slice(0, LIMITS.dataEntries)) {
    // Assigned as a property, this key would replace the prototype.
    if (key === '__proto__') continue
    bounded[key.slice(0, LIMITS.nameChars)] = boundData((value as Record<string, unknown>)[key], depth - 1)
  }
  return bounded
}

const boundData = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return value.length > LIMITS.dataChars ? value.slice(0, LIMITS.dataChars) : value
  return typeof value === 'object' && value !== null ? boundContainer(value, depth) : value
}

/** Free-form JSON object, cut to the limits of depth, width and string length; a list counts as one with numbers for names. */
export const data: Read<Record<string, unknown>> = (input) => {
  if (typeof input !== 'object' || input === null) return undefined
  return boundData(Array.isArray(input) ? { ...input } : input, LIMITS.dataDepth) as Record<string, unknown>
}
