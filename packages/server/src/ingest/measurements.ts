import { Timestamp } from '@foghorn/protocol'
import * as v from 'valibot'
import type { Measurement } from '../ports/figures.ts'
import type { InboxItem } from '../ports/inbox.ts'
import { scrubText } from './scrub.ts'
import { readClient } from './user-agent.ts'

// Spans are read for their numbers and not kept. What carries a vital differs by the client's major version
// (@sentry/browser 7 to 11, checked 2026-11): `measurements` of transactions and of single spans, attributes of streamed spans.

const VITALS = new Set(['lcp', 'inp', 'cls', 'fcp', 'fp', 'ttfb'])
const LONGEST_MS = 3_600_000

const Json = v.pipe(v.string(), v.parseJson())
const text = v.optional(v.string())
const Measured = v.optional(v.record(v.string(), v.object({ value: v.number() })), {})

const Transaction = v.object({
  transaction: v.optional(v.string(), ''),
  start_timestamp: Timestamp,
  timestamp: Timestamp,
  release: text,
  environment: text,
  measurements: Measured,
  contexts: v.fallback(v.object({ web_vitals: v.optional(v.record(v.string(), v.unknown()), {}) }), { web_vitals: {} }),
  request: v.optional(v.object({ headers: v.optional(v.record(v.string(), v.unknown())) })),
})

const SingleSpan = v.object({
  timestamp: Timestamp,
  measurements: Measured,
  data: v.optional(v.object({ release: text, environment: text, transaction: text }), {}),
})

const Attribute = v.object({ value: v.unknown() })
const StreamedSpan = v.object({
  start_timestamp: Timestamp,
  end_timestamp: Timestamp,
  is_segment: v.optional(v.boolean(), false),
  attributes: v.optional(v.record(v.string(), Attribute), {}),
})
const StreamedSpans = v.object({ items: v.array(v.unknown()) })

const SPANS_AT_MOST = 1000

type Place = Omit<Measurement, 'name' | 'value'>

const decoder = new TextDecoder()

const measure = (place: Place, name: string, value: number): Measurement[] =>
  Number.isFinite(value) && value >= 0 && value <= LONGEST_MS ? [{ ...place, name, value }] : []

/** Which element was to blame for a vital, where the client tells. */
type TargetOf = (name: string) => unknown

const TARGET_CHARS = 200

const blame = (measurements: readonly Measurement[], targetOf: TargetOf): Measurement[] =>
  measurements.map((measurement) => {
    const target = scrubText(cut(targetOf(measurement.name), TARGET_CHARS))
    return target === '' ? measurement : { ...measurement, target }
  })

const vitalsOf = (place: Place, measured: v.InferOutput<typeof Measured>, targetOf: TargetOf): Measurement[] =>
  blame(
    Object.entries(measured).flatMap(([name, { value }]) => (VITALS.has(name) ? measure(place, name, value) : [])),
    targetOf,
  )

const PATH_CHARS = 200

/** The path, with what differs from visit to visit made one: there would be as many pages as products otherwise. */
export const pageOf = (place: string): string => {
  const path = /^[a-z]{2,6}:\/\//i.test(place) && URL.canParse(place) ? new URL(place).pathname : place
  return path
    .slice(0, PATH_CHARS)
    .replace(/[?#].{0,200}$/, '')
    .replaceAll(/(?<=\/)(?=[^/]{0,100}\d)(?:\d{1,20}|[\da-f-]{8,64})(?=\/|$)/gi, '*')
}

const cut = (value: unknown, max: number): string => (typeof value === 'string' ? value.slice(0, max) : '')

interface Origin {
  page: unknown
  release: unknown
  environment: unknown
  agent: unknown
  seconds: number
}

const placeOf = (item: InboxItem, { page, release, environment, agent, seconds }: Origin): Place => {
  const { browser, device } = readClient(cut(agent, 500) || item.userAgent)
  return {
    projectId: item.projectId,
    at: Math.max(0, Math.min(Math.round(seconds * 1000), item.receivedAt)),
    receivedAt: item.receivedAt,
    page: scrubText(pageOf(cut(page, 2048))),
    release: cut(release, 250),
    environment: cut(environment, 64) || 'production',
    browser: browser?.name ?? '',
    device: device ?? '',
  }
}

// `target`, `interactionTarget` or `largestShiftTarget`, as web-vitals calls it.
const targetIn = (attribution: unknown): unknown =>
  typeof attribution === 'object' && attribution !== null
    ? Object.entries(attribution).find(([key]) => /target$/i.test(key))?.[1]
    : undefined

/** How long a transaction took, and the vitals that came with it. */
export const readTransaction = (item: InboxItem, payload: Uint8Array): Measurement[] | undefined => {
  const parsed = v.safeParse(v.pipe(Json, Transaction), decoder.decode(payload))
  if (!parsed.success) return undefined
  const { transaction, start_timestamp: start, timestamp, release, environment, measurements } = parsed.output
  const { request, contexts } = parsed.output
  const agent = request?.headers?.['User-Agent']
  const place = placeOf(item, { page: transaction, release, environment, agent, seconds: timestamp })
  return [
    ...measure(place, 'duration', (timestamp - start) * 1000),
    ...vitalsOf(place, measurements, (name) => targetIn(contexts.web_vitals[name])),
  ]
}

// What Sentry's clients name the element by, at version 11.
const TARGET_ATTRIBUTES: Record<string, string> = {
  lcp: 'browser.web_vital.lcp.element',
  inp: 'browser.web_vital.inp.target',
  cls: 'browser.web_vital.cls.source.1',
}

const readSingleSpan = (item: InboxItem, json: unknown): Measurement[] | undefined => {
  const parsed = v.safeParse(SingleSpan, json)
  if (!parsed.success) return undefined
  const { timestamp, measurements, data } = parsed.output
  const { transaction: page, release, environment } = data
  const place = placeOf(item, { page, release, environment, agent: '', seconds: timestamp })
  return vitalsOf(place, measurements, () => undefined)
}

const VITAL_ATTRIBUTE = /^browser\.web_vital\.([a-z]{2,4})\.value$/

const readStreamedSpan = (item: InboxItem, json: unknown): Measurement[] => {
  const parsed = v.safeParse(StreamedSpan, json)
  if (!parsed.success) return []
  const { attributes, start_timestamp: start, end_timestamp: end, is_segment: isSegment } = parsed.output
  const value = (name: string): unknown => attributes[name]?.value
  const place = placeOf(item, {
    page: value('url.path') ?? value('url.full') ?? value('sentry.segment.name'),
    release: value('sentry.release'),
    environment: value('sentry.environment'),
    agent: value('user_agent.original'),
    seconds: end,
  })
  const vitals = Object.entries(attributes).flatMap(([name, attribute]) => {
    const vital = VITAL_ATTRIBUTE.exec(name)?.[1]
    return vital !== undefined && VITALS.has(vital) ? measure(place, vital, Number(attribute.value)) : []
  })
  const blamed = blame(vitals, (name) => value(TARGET_ATTRIBUTES[name] ?? ''))
  return isSegment ? [...measure(place, 'duration', (end - start) * 1000), ...blamed] : blamed
}

/** The numbers of one span, or of a list of them. */
export const readSpans = (item: InboxItem, payload: Uint8Array): Measurement[] | undefined => {
  const json = v.safeParse(Json, decoder.decode(payload))
  if (!json.success) return undefined
  const streamed = v.safeParse(StreamedSpans, json.output)
  if (!streamed.success) return readSingleSpan(item, json.output)
  return streamed.output.items.slice(0, SPANS_AT_MOST).flatMap((span) => readStreamedSpan(item, span))
}
