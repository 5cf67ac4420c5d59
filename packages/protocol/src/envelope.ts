import * as v from 'valibot'
import { LIMITS } from './limits.ts'

/** First line of an envelope. Unknown fields are kept out. */
export const EnvelopeHeaders = v.object({
  event_id: v.optional(v.string()),
  sent_at: v.optional(v.string()),
  dsn: v.optional(v.string()),
})
export type EnvelopeHeaders = v.InferOutput<typeof EnvelopeHeaders>

/** Line before each payload. */
export const ItemHeaders = v.object({
  type: v.string(),
  length: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  filename: v.optional(v.string()),
  content_type: v.optional(v.string()),
  attachment_type: v.optional(v.string()),
})
export type ItemHeaders = v.InferOutput<typeof ItemHeaders>

export interface EnvelopeItem {
  headers: ItemHeaders
  payload: Uint8Array
}

export interface Envelope {
  headers: EnvelopeHeaders
  items: EnvelopeItem[]
}

export type EnvelopeResult = { ok: true; envelope: Envelope } | { ok: false; reason: string }

const NEWLINE = 0x0a
const decoder = new TextDecoder()
const encoder = new TextEncoder()

type Line<T> = { ok: true; value: T; next: number } | { ok: false; reason: string }

const readHeaderLine = <T>(bytes: Uint8Array, start: number, schema: v.GenericSchema<unknown, T>): Line<T> => {
  const newline = bytes.indexOf(NEWLINE, start)
  const end = newline < 0 ? bytes.length : newline
  if (end - start > LIMITS.headerLine)
    return { ok: false, reason: `header line longer than ${LIMITS.headerLine} bytes` }
  try {
    const json: unknown = JSON.parse(decoder.decode(bytes.subarray(start, end)))
    if (Array.isArray(json)) return { ok: false, reason: 'header line is a list, not an object' }
    const parsed = v.safeParse(schema, json)
    if (parsed.success) return { ok: true, value: parsed.output, next: end + 1 }
    const [{ message }] = parsed.issues
    // Without what was sent: nobody knows what that is.
    const finding = message.replace(/ but received .*$/s, '')
    return { ok: false, reason: `header ${v.getDotPath(parsed.issues[0]) ?? ''}: ${finding}` }
  } catch {
    return { ok: false, reason: 'header line is not JSON' }
  }
}

const payloadEnd = (bytes: Uint8Array, start: number, length: number | undefined): number | string => {
  if (length === undefined) {
    const newline = bytes.indexOf(NEWLINE, start)
    return newline < 0 ? bytes.length : newline
  }
  const end = start + length
  if (end > bytes.length) return `payload ends after ${bytes.length - start} of ${length} bytes`
  if (end < bytes.length && bytes[end] !== NEWLINE) return `no newline after a payload of ${length} bytes`
  return end
}

/**
 * Reads an envelope: one JSON header line, then for each item a JSON header line and its payload.
 * The separator is a line feed alone; a carriage return belongs to the payload. Payloads are views of `bytes`, not copies.
 * The framing is that of https://develop.sentry.dev/sdk/data-model/envelopes/ (checked 2026-11).
 */
export const parseEnvelope = (bytes: Uint8Array): EnvelopeResult => {
  const first = readHeaderLine(bytes, 0, EnvelopeHeaders)
  if (!first.ok) return { ok: false, reason: `envelope ${first.reason}` }
  const items: EnvelopeItem[] = []
  let position = first.next
  while (position < bytes.length) {
    if (bytes[position] === NEWLINE) {
      position += 1
      continue
    }
    if (items.length === LIMITS.itemsPerEnvelope)
      return { ok: false, reason: `more than ${LIMITS.itemsPerEnvelope} items` }
    const header = readHeaderLine(bytes, position, ItemHeaders)
    if (!header.ok) return { ok: false, reason: `item ${items.length + 1} ${header.reason}` }
    const start = Math.min(header.next, bytes.length)
    const end = payloadEnd(bytes, start, header.value.length)
    if (typeof end === 'string') return { ok: false, reason: `item ${items.length + 1} ${end}` }
    items.push({ headers: header.value, payload: bytes.subarray(start, end) })
    position = end + 1
  }
  return { ok: true, envelope: { headers: first.value, items } }
}

/** Writes an envelope; every item gets its byte length. */
export const formatEnvelope = (envelope: { headers: EnvelopeHeaders; items: EnvelopeItem[] }): Uint8Array => {
  const parts: Uint8Array[] = [encoder.encode(`${JSON.stringify(envelope.headers)}\n`)]
  for (const { headers, payload } of envelope.items)
    parts.push(
      encoder.encode(`${JSON.stringify({ ...headers, length: payload.length })}\n`),
      payload,
      encoder.encode('\n'),
    )
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}
