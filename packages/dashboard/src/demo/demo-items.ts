import { newEventId, type Item } from '../projects/send-envelope.ts'
import { AGENTS, PEOPLE, RELEASES, VISITS, type Visit } from './visits.ts'

/** What `make-demo.mjs` wrote: stacks of the demo's minified script as an engine told them. */
export interface Failures {
  /** Of the upload that lies beside it. */
  checksum: string
  image: object
  failures: Record<Visit['failure'], object[]>
}

const DAY_S = 86_400
const ORIGIN = 'https://ferries.example'

const pick = <Value>(list: readonly Value[], index: number): Value => list[index % list.length] as Value

/** Denser towards now: what happens, happens more and more. */
const secondsAgo = ({ days, times }: Visit, index: number): number =>
  Math.round(days * DAY_S * ((index + 0.5) / times) ** 2) + 20

const eventOf = (visit: Visit, index: number, { failures, image }: Failures): object => {
  const at = Date.now() / 1000 - secondsAgo(visit, index)
  const values = failures[visit.failure]
  const last = values.length - 1
  return {
    event_id: newEventId(),
    timestamp: at,
    platform: 'javascript',
    level: 'error',
    environment: 'production',
    // What is younger came with the last release.
    release: pick(RELEASES, visit.days > 5 ? index : 1),
    transaction: visit.page,
    exception: {
      values: values.map((value, position) => ({
        ...value,
        mechanism: { type: 'generic', handled: visit.isHandled || position < last },
      })),
    },
    debug_meta: { images: [image] },
    breadcrumbs: visit.trail.map((crumb, position) => ({
      type: 'default',
      level: 'info',
      ...crumb,
      timestamp: at - (visit.trail.length - position) * 1.3,
    })),
    user: { id: `guest-${(index * 5) % PEOPLE}` },
    request: { url: `${ORIGIN}${visit.page}`, headers: { 'User-Agent': pick(AGENTS, index * 3 + visit.times) } },
    tags: { language: pick(['de', 'en', 'nb'], index) },
  }
}

const pages = [...new Set(VISITS.map(({ page }) => page))]

/** How long pages took, with the vitals of their loads. */
const transactionOf = (index: number): object => {
  const end = Date.now() / 1000 - index * 4_000
  // A wave, so that percentiles differ from means.
  const slowness = 1 + (index % 7) / 3
  return {
    type: 'transaction',
    event_id: newEventId(),
    transaction: pick(pages, index),
    start_timestamp: end - 0.4 * slowness,
    timestamp: end,
    release: pick(RELEASES, index % 3 === 0 ? 0 : 1),
    environment: 'production',
    contexts: { trace: { trace_id: newEventId(), span_id: newEventId().slice(0, 16), op: 'pageload' } },
    request: { headers: { 'User-Agent': pick(AGENTS, index) } },
    measurements: {
      lcp: { value: 1_300 * slowness },
      inp: { value: 90 * slowness },
      cls: { value: 0.03 * slowness },
      fcp: { value: 800 * slowness },
      ttfb: { value: 180 * slowness },
    },
  }
}

const HOURS_OF_SESSIONS = 24 * 7

const sessionsOf = (release: string, share: number): object => ({
  attrs: { release, environment: 'production' },
  aggregates: Array.from({ length: HOURS_OF_SESSIONS / 6 }, (_, index) => ({
    started: new Date(Date.now() - index * 6 * 3_600_000).toISOString(),
    exited: Math.round((90 + 30 * Math.sin(index)) * share),
    crashed: index % 3 === 0 ? 1 : 0,
  })),
})

const TRANSACTIONS = 90

/** All that the demo sends, in the order in which it is sent. */
export const demoItems = (failures: Failures): Item[] => [
  ...VISITS.flatMap((visit) =>
    Array.from({ length: visit.times }, (_, index) => ({
      type: 'event' as const,
      payload: eventOf(visit, index, failures),
    })),
  ),
  ...Array.from({ length: TRANSACTIONS }, (_, index) => ({
    type: 'transaction' as const,
    payload: transactionOf(index),
  })),
  { type: 'sessions', payload: sessionsOf(RELEASES[0], 0.3) },
  { type: 'sessions', payload: sessionsOf(RELEASES[1], 0.7) },
]
