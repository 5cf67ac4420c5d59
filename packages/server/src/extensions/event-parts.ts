import type { EventPayload } from '@foghorn/protocol'

const PARTS = [
  'message',
  'logentry',
  'exception',
  'breadcrumbs',
  'transaction',
  'tags',
  'extra',
  'contexts',
  'user',
  'request',
] as const

/** What of an event a page could have written freely. */
export type EventPart = Pick<EventPayload, (typeof PARTS)[number]>

export const partOf = (payload: EventPayload): EventPart =>
  Object.fromEntries(PARTS.map((name) => [name, payload[name]])) as unknown as EventPart

// Code and what the service itself has found: maps and lists depend on them.
const UNTOUCHED = new Set(['stacktrace', 'mechanism', 'level', 'classification', 'componentStack'])

const mapValue = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => mapValue(one, change))
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, UNTOUCHED.has(name) ? one : mapValue(one, change)]),
  )
}

/** Changes every text, however deep; names and code stay. */
export const mapTexts = (part: EventPart, change: (text: string) => string): EventPart =>
  mapValue(part, change) as EventPart
