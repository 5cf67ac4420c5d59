import * as v from 'valibot'
import { LIMITS } from './limits.ts'

// Clients of many ages and languages write events. A field that is not what it should be is left out;
// it never costs the rest of the event.

type Schema<T> = v.GenericSchema<unknown, T>

/** The field when it is valid, else absent. */
export const maybe = <T>(schema: Schema<T>): v.OptionalSchema<Schema<T | undefined>, undefined> =>
  v.optional(v.fallback(schema as Schema<T | undefined>, undefined))

const asList = (input: unknown): unknown[] => {
  if (Array.isArray(input)) return input
  if (typeof input !== 'object' || input === null) return []
  const { values } = input as { values?: unknown }
  if (Array.isArray(values)) return values
  return values === undefined ? [input] : []
}

const validOnly = <T>(schema: Schema<T>, items: unknown[]): T[] => {
  const valid: T[] = []
  for (const item of items) {
    const parsed = v.safeParse(schema, item)
    if (parsed.success) valid.push(parsed.output)
  }
  return valid
}

/** `[…]`, `{"values": […]}` and a bare object are all lists of `schema`; the last `max` valid entries are kept. */
export const listOf = <T>(schema: Schema<T>, max: number): v.OptionalSchema<Schema<T[]>, readonly never[]> =>
  v.optional(
    v.pipe(
      v.unknown(),
      v.transform((input) => validOnly(schema, asList(input).slice(-max))),
    ),
    [],
  )

const isWritable = (input: unknown): boolean =>
  typeof input === 'string' || typeof input === 'number' || typeof input === 'boolean'

/** Text of at most `max` characters; numbers and booleans are written out. */
export const text = (max: number): Schema<string> =>
  v.pipe(
    // An event has hundreds of texts; a union would try its members one by one for each.
    v.custom<string | number | boolean>(isWritable),
    v.transform((input) => String(input).slice(0, max)),
  )

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
  if (typeof value === 'string') return value.slice(0, LIMITS.dataChars)
  return typeof value === 'object' && value !== null ? boundContainer(value, depth) : value
}

/** Free-form JSON object, cut to the limits of depth, width and string length. */
export const data: Schema<Record<string, unknown>> = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((input) => boundData(input, LIMITS.dataDepth) as Record<string, unknown>),
)
