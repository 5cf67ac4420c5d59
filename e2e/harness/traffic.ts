import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'

export interface TrafficItem {
  type: string
  payload: object | string
}

const ITEMS_AT_ONCE = 80

const lines = ({ type, payload }: TrafficItem): string => {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  return `${JSON.stringify({ type, length: Buffer.byteLength(text) })}\n${text}`
}

/** Sends items to the address of a DSN as a client would, many in each envelope; events go alone. */
export const sendTraffic = async (dsn: string, items: readonly TrafficItem[]): Promise<void> => {
  const { origin, pathname, username } = new URL(dsn)
  const post = async (head: object, part: readonly TrafficItem[]) => {
    const body = [JSON.stringify(head), ...part.map(lines)].join('\n')
    const address = `${origin}/api${pathname}/envelope/?sentry_key=${username}`
    expect((await fetch(address, { method: 'POST', body })).status).toBe(200)
  }
  const events = items.filter(({ type }) => type === 'event')
  const others = items.filter(({ type }) => type !== 'event')
  for (const event of events) await post({}, [event])
  for (let from = 0; from < others.length; from += ITEMS_AT_ONCE)
    await post({}, others.slice(from, from + ITEMS_AT_ONCE))
}

const HOUR_S = 3600

const hoursAgo = (hours: number): number => Date.now() / 1000 - hours * HOUR_S

export const BROWSERS = {
  chrome:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  phone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:152.0) Gecko/20100101 Firefox/152.0',
} as const

export interface Visit {
  hours: number
  page: string
  release: string
  browser: keyof typeof BROWSERS
  /** How long it took in milliseconds. */
  duration: number
  vitals?: Record<string, number>
  /** What was to blame, by vital. */
  targets?: Record<string, string>
}

/** A page load as the SDK tells of it when attribution is on. */
export const pageLoad = ({
  hours,
  page,
  release,
  browser,
  duration,
  vitals = {},
  targets = {},
}: Visit): TrafficItem => ({
  type: 'transaction',
  payload: {
    type: 'transaction',
    event_id: randomUUID().replaceAll('-', ''),
    transaction: page,
    release,
    environment: 'production',
    start_timestamp: hoursAgo(hours) - duration / 1000,
    timestamp: hoursAgo(hours),
    request: { headers: { 'User-Agent': BROWSERS[browser] } },
    measurements: Object.fromEntries(Object.entries(vitals).map(([name, value]) => [name, { value }])),
    contexts: {
      web_vitals: Object.fromEntries(Object.entries(targets).map(([name, target]) => [name, { target }])),
    },
  },
})

export const session = (hours: number, release: string, crashed: boolean): TrafficItem => ({
  type: 'session',
  payload: {
    sid: randomUUID(),
    did: randomUUID(),
    init: true,
    started: new Date(hoursAgo(hours) * 1000).toISOString(),
    status: crashed ? 'crashed' : 'exited',
    errors: crashed ? 1 : 0,
    attrs: { release, environment: 'production' },
  },
})

export interface Failure {
  hours: number
  release: string
  browser: keyof typeof BROWSERS
  level: string
  value: string
  /** Address of a script whose map nobody uploaded. */
  script?: string
}

export const failure = ({ hours, release, browser, level, value, script }: Failure): TrafficItem => ({
  type: 'event',
  payload: {
    event_id: randomUUID().replaceAll('-', ''),
    timestamp: hoursAgo(hours),
    level,
    release,
    environment: 'production',
    request: { url: 'https://shop.example/cart', headers: { 'User-Agent': BROWSERS[browser] } },
    exception: {
      values: [
        {
          type: 'TypeError',
          value,
          ...(script && { stacktrace: { frames: [{ filename: script, lineno: 1, colno: 2048, in_app: true }] } }),
        },
      ],
    },
  },
})

/** What a client threw away itself. */
export const discards = (reason: string, quantity: number): TrafficItem => ({
  type: 'client_report',
  payload: { timestamp: Date.now() / 1000, discarded_events: [{ reason, category: 'error', quantity }] },
})

/** An event that nobody can read. */
export const unreadable: TrafficItem = { type: 'event', payload: '{"broken' }
