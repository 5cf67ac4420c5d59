import * as v from 'valibot'
import { data, everyOf, fields, flag, listOf, text, whole, type Read } from './lenient.ts'
import { LIMITS } from './limits.ts'

// One shape for what clients send in many. Names and meanings are those of Sentry's event payload
// (https://develop.sentry.dev/sdk/data-model/event-payloads/, checked 2026-11).

/** What a reader of objects gives. */
type Shape<R extends Read<object>> = NonNullable<ReturnType<R>>

const name = text(LIMITS.nameChars)
const message = text(LIMITS.messageChars)
const url = text(LIMITS.urlChars)

const time: Read<number> = (input) => {
  const seconds = typeof input === 'string' ? Date.parse(input) / 1000 : input
  return Number.isFinite(seconds) ? (seconds as number) : undefined
}

const hexDigits: Read<string> = (input) =>
  typeof input === 'string' ? input.toLowerCase().replaceAll('-', '') : undefined

const id: Read<string> = (input) => {
  const digits = hexDigits(input)
  return digits !== undefined && /^[\da-f]{32}$/.test(digits) ? digits : undefined
}

/** Seconds since 1970. Clients send them so, or as an ISO 8601 date. */
export const Timestamp: v.GenericSchema<unknown, number> = v.pipe(v.unknown(), v.transform(time), v.number())

/** 32 hex digits in lower case; dashes are accepted and removed. */
export const EventId: v.GenericSchema<unknown, string> = v.pipe(v.unknown(), v.transform(id), v.string())

const frame = fields({
  filename: url,
  abs_path: url,
  function: text(1024),
  module: name,
  lineno: whole,
  colno: whole,
  in_app: flag,
  pre_context: everyOf(text(1024), Infinity),
  context_line: text(1024),
  post_context: everyOf(text(1024), Infinity),
})
/** One call of a stack. Frames are listed oldest call first; `lineno` and `colno` count from 1. */
export type StackFrame = Shape<typeof frame>

const stacktrace = fields({ frames: listOf(frame, LIMITS.frames) })
export type Stacktrace = Shape<typeof stacktrace>

const mechanism = fields({
  type: name,
  handled: flag,
  synthetic: flag,
  source: name,
  exception_id: whole,
  parent_id: whole,
  is_exception_group: flag,
  data,
})
/** How an error was caught. `handled` is false when nothing in the page caught it. */
export type Mechanism = Shape<typeof mechanism>

const exceptionValue = fields({ type: name, value: message, module: name, mechanism, stacktrace })
/** One error of a chain. The list has causes first; the error that was thrown is the last. */
export type ExceptionValue = Shape<typeof exceptionValue>

export const LEVELS = ['fatal', 'error', 'warning', 'info', 'debug'] as const
export type Level = (typeof LEVELS)[number]

const LEVEL_NAMES = new Map<unknown, Level>([
  ...LEVELS.map((level) => [level, level] as const),
  ['log', 'info'],
  ['warn', 'warning'],
])
const level: Read<Level> = (input) => LEVEL_NAMES.get(input)

const breadcrumb = fields({
  timestamp: time,
  type: name,
  category: name,
  level,
  message: text(LIMITS.dataChars),
  data,
})
export type Breadcrumb = Shape<typeof breadcrumb>

const debugImage: Read<{ type: 'sourcemap'; code_file: string; debug_id: string }> = (input) => {
  const image = (input ?? {}) as { type?: unknown; code_file?: unknown; debug_id?: unknown }
  const file = url(image.code_file)
  const debugId = id(hexDigits(image.debug_id)?.slice(0, 32))
  if (image.type !== 'sourcemap' || file === undefined || debugId === undefined) return undefined
  return { type: image.type, code_file: file, debug_id: debugId }
}
/** Tells which source map belongs to a script of the stack: its debug ID, as 32 hex digits. */
export type DebugImage = Shape<typeof debugImage>

const user = fields({ id: name, email: name, username: name, ip_address: name, data })
export type User = Shape<typeof user>

const headers: Read<Record<string, string>> = (input) => {
  if (typeof input !== 'object' || input === null) return undefined
  const entries = Object.entries(input).map(([key, value]) => [key, url(value)] as const)
  const areTexts = entries.every(([key, value]) => key !== '__proto__' && value !== undefined)
  return areTexts ? (Object.fromEntries(entries) as Record<string, string>) : undefined
}

const request = fields({ url, method: name, query_string: url, headers })
export type RequestInfo = Shape<typeof request>

const tagEntries = (input: unknown): [unknown, unknown][] => {
  if (Array.isArray(input)) return input.filter((entry): entry is [unknown, unknown] => Array.isArray(entry))
  return typeof input === 'object' && input !== null ? Object.entries(input) : []
}

const tagText = text(LIMITS.tagChars)

const tags = (input: unknown): Record<string, string> => {
  const read: Record<string, string> = {}
  for (const entry of tagEntries(input).slice(0, LIMITS.tags)) {
    const [key, value] = [tagText(entry[0]), tagText(entry[1])]
    if (key && key !== '__proto__' && value !== undefined) read[key] = value
  }
  return read
}

const written = (param: unknown): string => (typeof param === 'object' ? JSON.stringify(param) : String(param))

const params: Read<string[]> = (input) =>
  Array.isArray(input) ? input.slice(0, 50).map((param) => written(param).slice(0, 200)) : undefined

const payload = fields({
  event_id: id,
  timestamp: time,
  platform: name,
  level,
  logger: name,
  transaction: name,
  server_name: name,
  release: text(250),
  dist: text(64),
  environment: text(64),
  message,
  logentry: fields({ message, formatted: message, params }),
  exception: listOf(exceptionValue, LIMITS.exceptions),
  breadcrumbs: listOf(breadcrumb, LIMITS.breadcrumbs),
  tags,
  extra: data,
  contexts: data,
  user,
  request,
  fingerprint: everyOf(text(LIMITS.fingerprintChars), LIMITS.fingerprintParts),
  sdk: fields({ name, version: name, settings: fields({ infer_ip: name }) }),
  debug_meta: fields({ images: listOf(debugImage, LIMITS.debugImages) }),
})

/** An event as the rest of the service sees it, whatever client wrote it. */
export type EventPayload = Shape<typeof payload>

/** Reads an event from parsed JSON; undefined when it is not even an object. */
export const readEvent = (json: unknown): EventPayload | undefined => (Array.isArray(json) ? undefined : payload(json))
