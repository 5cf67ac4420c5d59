import { createHash } from 'node:crypto'
import { EventId, type EventPayload, type Envelope, type Level, readEvent } from '@foghorn/protocol'
import * as v from 'valibot'
import type { NormalisedEvent } from '../event.ts'
import type { InboxItem } from '../ports/inbox.ts'
import { classify } from './classify.ts'
import { leftOut, type LeftOut } from './left-out.ts'
import { readClient } from './user-agent.ts'

/** An item that cannot be read as an event; the request that brought it goes to the dead letters. */
export class UnreadableEvent extends Error {}

const decoder = new TextDecoder()

const parse = (bytes: Uint8Array): { event: EventPayload; missing: LeftOut | undefined } => {
  let json: unknown
  try {
    json = JSON.parse(decoder.decode(bytes))
  } catch (error) {
    throw new UnreadableEvent('The event is not JSON.', { cause: error })
  }
  const event = readEvent(json)
  if (!event) throw new UnreadableEvent('The event is not a JSON object.')
  return { event, missing: leftOut(json as object, event) }
}

const SKEW_TOLERATED_MS = 60_000

/** The client's clock may be wrong; the time between its `sent_at` and our receiving it tells by how much. */
const correctTime = (event: EventPayload, sentAt: string | undefined, receivedAt: number): number => {
  if (event.timestamp === undefined) return receivedAt
  const happenedAt = Math.round(event.timestamp * 1000)
  const skew = sentAt === undefined ? 0 : receivedAt - Date.parse(sentAt)
  const corrected = Math.abs(skew) > SKEW_TOLERATED_MS ? happenedAt + skew : happenedAt
  return Math.max(0, Math.min(corrected, receivedAt))
}

const addressOf = (event: EventPayload, item: InboxItem): string | undefined => {
  const asked = event.user?.ip_address === '{{auto}}' || event.sdk?.settings?.infer_ip === 'auto'
  const own = event.user?.ip_address === '{{auto}}' ? undefined : event.user?.ip_address
  return own ?? (asked && item.remoteAddress !== '' ? item.remoteAddress : undefined)
}

const withAddress = (event: EventPayload, item: InboxItem): EventPayload['user'] => {
  const address = addressOf(event, item)
  if (!event.user && address === undefined) return undefined
  const { ip_address: _sent, ...user } = event.user ?? ({} as NonNullable<EventPayload['user']>)
  return address === undefined ? user : { ...user, ip_address: address }
}

/** An exception needs a type, a text or a stack to be worth keeping. */
const withoutEmptyExceptions = (event: EventPayload): EventPayload['exception'] =>
  event.exception.filter(
    ({ type, value, stacktrace }) => type !== undefined || value !== undefined || stacktrace?.frames.length,
  )

// Without a type, a synthetic exception is how newer clients send a message with the stack of where it was sent.
const isMessage = (exceptions: EventPayload['exception']): boolean => {
  const [only] = exceptions
  return (
    exceptions.length === 0 ||
    (exceptions.length === 1 && only!.type === undefined && only!.mechanism?.synthetic === true)
  )
}

const idOf = (envelope: Envelope, event: EventPayload, item: InboxItem, bytes: Uint8Array): string => {
  const named = v.safeParse(EventId, envelope.headers.event_id)
  // The same request digested twice must give the same event, so an ID that nobody chose follows from the content.
  const derived = (): string =>
    createHash('sha256').update(`${item.id}:${item.receivedAt}:`).update(bytes).digest('hex').slice(0, 32)
  return named.success ? named.output : (event.event_id ?? derived())
}

const MAX_TIMES = 1_000_000

const Repeats = v.object({ count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_TIMES)) })

const timesOf = (event: EventPayload): number => {
  const repeats = v.safeParse(Repeats, event.contexts?.['repeats'])
  return repeats.success ? repeats.output.count : 1
}

/** The browser's own header tells most; other clients name their library in the request's. */
const agentOf = ({ request, platform }: EventPayload, item: InboxItem): string => {
  const named = Object.entries(request?.headers ?? {}).find(([name]) => name.toLowerCase() === 'user-agent')
  return named?.[1] ?? (platform === 'javascript' ? item.userAgent : '')
}

/** What the client says of browser, system and device stays; what it does not say is read from the user agent. */
const contextsOf = (event: EventPayload, item: InboxItem, level: Level): EventPayload['contexts'] => {
  const { browser, os, device } = readClient(agentOf(event, item))
  return {
    ...(browser && { browser }),
    ...(os && { os }),
    ...(device !== undefined && { device: { type: device } }),
    ...event.contexts,
    classification: classify(event, level),
  }
}

export interface ArrivedItem {
  item: InboxItem
  envelope: Envelope
  bytes: Uint8Array
}

/** One shape, whatever the client. Throws UnreadableEvent. */
export const normalise = ({ item, envelope, bytes }: ArrivedItem): NormalisedEvent => {
  const { event, missing } = parse(bytes)
  const exception = withoutEmptyExceptions(event)
  const level = event.level ?? 'error'
  return {
    projectId: item.projectId,
    eventId: idOf(envelope, event, item, bytes),
    happenedAt: correctTime(event, envelope.headers.sent_at, item.receivedAt),
    receivedAt: item.receivedAt,
    times: timesOf(event),
    kind: isMessage(exception) ? 'default' : 'error',
    payload: {
      ...event,
      exception,
      user: withAddress(event, item),
      contexts: {
        ...contextsOf({ ...event, exception }, item, level),
        ...(missing && { left_out: { ...missing } }),
      },
      level,
      environment: event.environment || 'production',
    },
  }
}
