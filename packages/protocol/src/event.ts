import * as v from 'valibot'
import { data, listOf, maybe, text } from './lenient.ts'
import { LIMITS } from './limits.ts'

// One shape for what clients send in many. Names and meanings are those of Sentry's event payload
// (https://develop.sentry.dev/sdk/data-model/event-payloads/, checked 2026-11).

const name = text(LIMITS.nameChars)
const message = text(LIMITS.messageChars)
const url = text(LIMITS.urlChars)
const position = v.pipe(v.number(), v.integer(), v.minValue(0))

/** Seconds since 1970. Clients send them so, or as an ISO 8601 date. */
export const Timestamp: v.GenericSchema<unknown, number> = v.pipe(
  v.union([v.number(), v.string()]),
  v.transform((input) => (typeof input === 'number' ? input : Date.parse(input) / 1000)),
  v.number(),
  v.finite(),
)

/** One call of a stack. Frames are listed oldest call first; `lineno` and `colno` count from 1. */
export const StackFrame = v.object({
  filename: maybe(url),
  abs_path: maybe(url),
  function: maybe(text(1024)),
  module: maybe(name),
  lineno: maybe(position),
  colno: maybe(position),
  in_app: maybe(v.boolean()),
  pre_context: maybe(v.array(text(1024))),
  context_line: maybe(text(1024)),
  post_context: maybe(v.array(text(1024))),
})
export type StackFrame = v.InferOutput<typeof StackFrame>

export const Stacktrace = v.object({ frames: listOf(StackFrame, LIMITS.frames) })
export type Stacktrace = v.InferOutput<typeof Stacktrace>

/** How an error was caught. `handled` is false when nothing in the page caught it. */
export const Mechanism = v.object({
  type: maybe(name),
  handled: maybe(v.boolean()),
  synthetic: maybe(v.boolean()),
  source: maybe(name),
  exception_id: maybe(position),
  parent_id: maybe(position),
  is_exception_group: maybe(v.boolean()),
  data: maybe(data),
})
export type Mechanism = v.InferOutput<typeof Mechanism>

/** One error of a chain. The list has causes first; the error that was thrown is the last. */
export const ExceptionValue = v.object({
  type: maybe(name),
  value: maybe(message),
  module: maybe(name),
  mechanism: maybe(Mechanism),
  stacktrace: maybe(Stacktrace),
})
export type ExceptionValue = v.InferOutput<typeof ExceptionValue>

export const LEVELS = ['fatal', 'error', 'warning', 'info', 'debug'] as const
export type Level = (typeof LEVELS)[number]

const Level = v.pipe(
  v.string(),
  v.transform((level) => (level === 'log' ? 'info' : level === 'warn' ? 'warning' : level)),
  v.picklist(LEVELS),
)

export const Breadcrumb = v.object({
  timestamp: maybe(Timestamp),
  type: maybe(name),
  category: maybe(name),
  level: maybe(Level),
  message: maybe(text(LIMITS.dataChars)),
  data: maybe(data),
})
export type Breadcrumb = v.InferOutput<typeof Breadcrumb>

const hex = (id: string): string => id.toLowerCase().replaceAll('-', '')

/** 32 hex digits in lower case; dashes are accepted and removed. */
export const EventId = v.pipe(v.string(), v.transform(hex), v.regex(/^[\da-f]{32}$/))

/** Tells which source map belongs to a script of the stack: its debug ID, as 32 hex digits. */
export const DebugImage = v.object({
  type: v.literal('sourcemap'),
  code_file: text(LIMITS.urlChars),
  debug_id: v.pipe(
    v.string(),
    v.transform((id) => hex(id).slice(0, 32)),
    v.regex(/^[\da-f]{32}$/),
  ),
})
export type DebugImage = v.InferOutput<typeof DebugImage>

export const User = v.object({
  id: maybe(name),
  email: maybe(name),
  username: maybe(name),
  ip_address: maybe(name),
  data: maybe(data),
})
export type User = v.InferOutput<typeof User>

export const RequestInfo = v.object({
  url: maybe(url),
  method: maybe(name),
  query_string: maybe(url),
  headers: maybe(v.record(v.string(), text(LIMITS.urlChars))),
})
export type RequestInfo = v.InferOutput<typeof RequestInfo>

const tagEntries = (input: unknown): [unknown, unknown][] => {
  if (Array.isArray(input)) return input.filter((entry): entry is [unknown, unknown] => Array.isArray(entry))
  return typeof input === 'object' && input !== null ? Object.entries(input) : []
}

const Tag = v.tuple([text(LIMITS.tagChars), text(LIMITS.tagChars)])

const Tags: v.GenericSchema<unknown, Record<string, string>> = v.pipe(
  v.unknown(),
  v.transform((input) => {
    const tags: Record<string, string> = {}
    for (const entry of tagEntries(input).slice(0, LIMITS.tags)) {
      const tag = v.safeParse(Tag, entry.slice(0, 2))
      if (tag.success && tag.output[0] !== '' && tag.output[0] !== '__proto__') tags[tag.output[0]] = tag.output[1]
    }
    return tags
  }),
)

const LogEntry = v.object({
  message: maybe(message),
  formatted: maybe(message),
  params: maybe(
    v.pipe(
      v.array(v.unknown()),
      v.transform((params) => params.slice(0, 50).map((param) => String(param).slice(0, 200))),
    ),
  ),
})

export const EventPayload = v.object({
  event_id: maybe(EventId),
  timestamp: maybe(Timestamp),
  platform: maybe(name),
  level: maybe(Level),
  logger: maybe(name),
  transaction: maybe(name),
  server_name: maybe(name),
  release: maybe(text(250)),
  dist: maybe(text(64)),
  environment: maybe(text(64)),
  message: maybe(message),
  logentry: maybe(LogEntry),
  exception: listOf(ExceptionValue, LIMITS.exceptions),
  breadcrumbs: listOf(Breadcrumb, LIMITS.breadcrumbs),
  tags: v.optional(Tags, {}),
  extra: maybe(data),
  contexts: maybe(data),
  user: maybe(User),
  request: maybe(RequestInfo),
  fingerprint: maybe(
    v.pipe(
      v.array(text(LIMITS.fingerprintChars)),
      v.transform((parts) => parts.slice(0, LIMITS.fingerprintParts)),
    ),
  ),
  sdk: maybe(
    v.object({ name: maybe(name), version: maybe(name), settings: maybe(v.object({ infer_ip: maybe(name) })) }),
  ),
  debug_meta: maybe(v.object({ images: listOf(DebugImage, LIMITS.debugImages) })),
})

/** An event as the rest of the service sees it, whatever client wrote it. */
export type EventPayload = v.InferOutput<typeof EventPayload>

/** Reads an event from parsed JSON; undefined when it is not even an object. */
export const readEvent = (json: unknown): EventPayload | undefined => {
  if (Array.isArray(json)) return undefined
  const parsed = v.safeParse(EventPayload, json)
  return parsed.success ? parsed.output : undefined
}
