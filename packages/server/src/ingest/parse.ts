import { randomUUID } from 'node:crypto'
import { EventId, formatEnvelope, LIMITS, parseEnvelope, type Envelope } from '@foghorn/protocol'
import * as v from 'valibot'
import { refuse, type Refusal } from './refusal.ts'
import { securityEvents } from './security-report.ts'

/** An envelope and the bytes that it was read from. */
export interface Parsed {
  envelope: Envelope
  body: Uint8Array
}

export type Parse = (body: Uint8Array) => Parsed | Refusal

const decoder = new TextDecoder()
const encoder = new TextEncoder()

export const parseEnvelopeBody: Parse = (body) => {
  const parsed = parseEnvelope(body)
  return parsed.ok ? { envelope: parsed.envelope, body } : refuse(400, `Malformed envelope: ${parsed.reason}.`)
}

const asEnvelope = (envelope: Envelope): Parsed => ({ envelope, body: formatEnvelope(envelope) })

const readJson = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(decoder.decode(body))
  } catch {
    return undefined
  }
}

// Who sends no ID, or none that is one, is told ours.
const StoreBody = v.object({
  event_id: v.fallback(EventId, () => randomUUID().replaceAll('-', '')),
})

/** The body of the older `/store/` address is one event: it goes on as an envelope of that event. */
export const parseStoreBody: Parse = (body) => {
  const items = [{ headers: { type: 'event' }, payload: body }]
  // Not read, since it will be refused once it is known whose it is, and so whose count it belongs to.
  if (body.length > LIMITS.jsonItem) return { envelope: { headers: {}, items }, body }
  const event = v.safeParse(StoreBody, readJson(body))
  if (!event.success) return refuse(400, 'The body is not a JSON object. Send one event, or use the envelope address.')
  return asEnvelope({ headers: event.output, items })
}

const REPORT_BYTES = 64 * 1024

/** What browsers send to `report-uri` and `report-to`: each violation goes on as an event. */
export const parseSecurityBody: Parse = (body) => {
  if (body.length > REPORT_BYTES) return refuse(413, `The report is larger than ${REPORT_BYTES} bytes.`)
  const events = securityEvents(readJson(body))
  if (events.length === 0) return refuse(400, 'The body is no report of a Content-Security-Policy violation.')
  const items = events.map((event) => ({
    headers: { type: 'event' },
    payload: encoder.encode(JSON.stringify(event)),
  }))
  return asEnvelope({ headers: {}, items })
}
