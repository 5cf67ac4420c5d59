import type { Entry } from '../buffer/entry.ts'
import type { Endpoint } from './dsn.ts'
import { envelopeOf } from './envelope.ts'
import type { RateLimits } from './rate-limits.ts'

// Browsers refuse keepalive requests and beacons when those in flight hold over 64 KiB, whoever sent them
// (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, measured in three engines 2026-11).
const KEEPALIVE_BYTES = 60_000

/** `refused` is final: sending it again would be refused again. `later` may not have arrived. */
export type Outcome = 'sent' | 'refused' | 'later'

export type Post = (entry: Entry, when?: 'unloading') => Promise<Outcome>

export interface PostDeps {
  endpoint: Endpoint
  limits: RateLimits
  fetch: typeof fetch
}

const outcomeOf = ({ status, ok }: Response): Outcome => {
  if (ok) return 'sent'
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'refused' : 'later'
}

/** Sends one entry as one envelope. */
export const createPost = ({ endpoint, limits, fetch }: PostDeps): Post => {
  let inFlight = 0

  const request = (body: string, keepalive: boolean): Promise<Response> =>
    // A text body without headers of our own needs no preflight, which could not run while the page goes.
    fetch(endpoint.url, { method: 'POST', body, keepalive, credentials: 'omit', referrerPolicy: 'strict-origin' })

  return async (entry, when) => {
    const body = envelopeOf(endpoint, entry.eventId, entry.items)
    const bytes = new Blob([body]).size
    const keepalive = inFlight + bytes <= KEEPALIVE_BYTES
    if (when && !(keepalive && 'keepalive' in Request.prototype)) {
      navigator.sendBeacon(endpoint.url, body)
      return 'later'
    }
    inFlight += bytes
    try {
      // Others on the page may have used up the keepalive budget: then without it.
      const response = await request(body, keepalive).catch(() => request(body, false))
      limits.learn(response)
      return outcomeOf(response)
    } catch {
      return 'later'
    } finally {
      inFlight -= bytes
    }
  }
}
