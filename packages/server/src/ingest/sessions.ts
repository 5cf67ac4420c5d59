import { Timestamp } from '@foghorn/protocol'
import * as v from 'valibot'
import type { SessionCount, SessionStatus, SessionUpdate } from '../ports/figures.ts'
import type { InboxItem } from '../ports/inbox.ts'

const name = (max: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.slice(0, max)),
  )

const Attributes = v.object({ release: name(250), environment: v.optional(name(64), 'production') })

const Session = v.object({
  sid: v.pipe(
    v.string(),
    v.transform((id) => id.toLowerCase().replaceAll('-', '')),
    v.regex(/^[\da-f]{32}$/),
  ),
  did: v.optional(v.nullable(v.union([v.string(), v.number()]))),
  started: Timestamp,
  status: v.optional(v.string(), 'ok'),
  errors: v.optional(v.number(), 0),
  attrs: Attributes,
})

const count = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9)), 0)

const Aggregates = v.object({
  aggregates: v.array(
    v.object({ started: Timestamp, exited: count, errored: count, crashed: count, abnormal: count, unhandled: count }),
  ),
  attrs: Attributes,
})

const BUCKETS_AT_MOST = 100

const decoder = new TextDecoder()

// Newer browser clients say `unhandled` where older ones say `crashed` (@sentry/browser 11 and 10, checked 2026-11).
const statusOf = ({ status, errors }: v.InferOutput<typeof Session>): SessionStatus => {
  if (status === 'crashed' || status === 'unhandled') return 'crashed'
  if (status === 'abnormal') return 'abnormal'
  return status === 'errored' || errors > 0 ? 'errored' : 'ok'
}

/** A clock that runs ahead dates nothing into the future. */
const timeOf = (seconds: number, item: InboxItem): number =>
  Math.max(0, Math.min(Math.round(seconds * 1000), item.receivedAt))

/** One session's state; undefined when it is none, or names no release. */
export const readSession = (item: InboxItem, payload: Uint8Array): SessionUpdate | undefined => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Session), decoder.decode(payload))
  if (!parsed.success) return undefined
  const { sid, did, started, attrs } = parsed.output
  return {
    projectId: item.projectId,
    sessionId: sid,
    startedAt: timeOf(started, item),
    receivedAt: item.receivedAt,
    ...attrs,
    ...(did === undefined || did === null || did === '' ? {} : { user: String(did).slice(0, 200) }),
    status: statusOf(parsed.output),
  }
}

/** Sessions counted by the minute, as servers send them. */
export const readSessionCounts = (item: InboxItem, payload: Uint8Array): SessionCount[] | undefined => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Aggregates), decoder.decode(payload))
  if (!parsed.success) return undefined
  const { aggregates, attrs } = parsed.output
  return aggregates.slice(0, BUCKETS_AT_MOST).flatMap((bucket) => {
    const quantities: [SessionStatus, number][] = [
      ['ok', bucket.exited],
      ['errored', bucket.errored],
      ['abnormal', bucket.abnormal],
      ['crashed', bucket.crashed + bucket.unhandled],
    ]
    return quantities
      .filter(([, quantity]) => quantity > 0)
      .map(([status, quantity]) => ({
        projectId: item.projectId,
        startedAt: timeOf(bucket.started, item),
        receivedAt: item.receivedAt,
        ...attrs,
        status,
        quantity,
      }))
  })
}
