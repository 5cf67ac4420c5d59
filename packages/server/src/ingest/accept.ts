import { EventId, formatEnvelope, LIMITS, parseEnvelope, type Envelope } from '@foghorn/protocol'
import * as v from 'valibot'
import type { Inbox } from '../ports/inbox.ts'
import type { ProjectStore } from '../ports/projects.ts'
import { authenticate, findPublicKey } from './authenticate.ts'
import { receive } from './receive.ts'
import { isRefusal, refuse, type Refusal } from './refusal.ts'

export interface AcceptDeps {
  inbox: Inbox
  projects: Pick<ProjectStore, 'findKey'>
  now: () => number
}

export interface Arrival {
  request: Request
  /** The project's ID as the path has it. */
  projectId: string
  remoteAddress: string
}

export interface Receipt {
  /** The event's ID, when the client named one. */
  id?: string
}

/** An envelope and the bytes that it was read from. */
interface Parsed {
  envelope: Envelope
  body: Uint8Array
}

type Parse = (body: Uint8Array) => Parsed | Refusal

const OVERSIZE = `An item is larger than ${LIMITS.jsonItem} bytes. Send less with the event: shorter texts, fewer breadcrumbs.`

export const parseEnvelopeBody: Parse = (body) => {
  const parsed = parseEnvelope(body)
  if (!parsed.ok) return refuse(400, `Malformed envelope: ${parsed.reason}.`)
  const isOversize = parsed.envelope.items.some(
    ({ headers, payload }) => headers.type === 'event' && payload.length > LIMITS.jsonItem,
  )
  return isOversize ? refuse(413, OVERSIZE) : { envelope: parsed.envelope, body }
}

const StoreBody = v.object({ event_id: v.optional(v.string()) })

const readStoreBody = (body: Uint8Array): { event_id?: string | undefined } | undefined => {
  try {
    const parsed = v.safeParse(StoreBody, JSON.parse(new TextDecoder().decode(body)))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

/** The body of the older `/store/` address is one event: it goes on as an envelope of that event. */
export const parseStoreBody: Parse = (body) => {
  if (body.length > LIMITS.jsonItem) return refuse(413, OVERSIZE)
  const event = readStoreBody(body)
  if (!event) return refuse(400, 'The body is not a JSON object. Send one event, or use the envelope address.')
  const headers = event.event_id === undefined ? {} : { event_id: event.event_id }
  const envelope = { headers, items: [{ headers: { type: 'event' }, payload: body }] }
  return { envelope, body: formatEnvelope(envelope) }
}

const receiptOf = (envelope: Envelope): Receipt => {
  const id = v.safeParse(EventId, envelope.headers.event_id)
  return id.success ? { id: id.output } : {}
}

/** Takes one request: receive, parse, authenticate, commit. A receipt means that it is on disk. */
export const accept = async (arrival: Arrival, parse: Parse, deps: AcceptDeps): Promise<Receipt | Refusal> => {
  const { request, projectId, remoteAddress } = arrival
  const body = await receive(request)
  if (isRefusal(body)) return body
  const parsed = parse(body)
  if (isRefusal(parsed)) return parsed
  const publicKey = findPublicKey(request, parsed.envelope.headers.dsn)
  const sender = await authenticate({ publicKey, projectId }, deps.projects)
  if (isRefusal(sender)) return sender
  await deps.inbox.add({
    projectId: sender.projectId,
    receivedAt: deps.now(),
    remoteAddress,
    userAgent: (request.headers.get('user-agent') ?? '').slice(0, LIMITS.urlChars),
    body: parsed.body,
  })
  return receiptOf(parsed.envelope)
}
