import type { Entry } from '../buffer/entry.ts'
import type { Endpoint } from './dsn.ts'
import { envelopeOf } from './envelope.ts'
import type { RateLimits } from './rate-limits.ts'

// Browsers refuse keepalive requests and beacons when those in flight hold over 64 KiB, whoever sent them
// (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, measured in three engines 2026-11).
const KEEPALIVE_BYTES = 60_000
const TIMEOUT_MS = 30_000
// Below this, compressing costs the page more than it spares the network. Breadcrumbs shrink to a tenth.
const MIN_COMPRESSED_BYTES = 4000
const BATCH_CHARS = 300_000

/** `refused` is final: sending it again would be refused again. `later` may not have arrived. */
export type Outcome = 'sent' | 'refused' | 'later'

export interface Post {
  /** Sends entries as one envelope. */
  (entries: Entry[], when?: 'unloading'): Promise<Outcome>
  /** As many of the first entries as go into one request. */
  fitting(entries: Entry[], when?: 'unloading'): Entry[]
  /** Bytes that a page that goes may still send. */
  room(): number
}

export interface PostDeps {
  endpoint: Endpoint
  limits: RateLimits
  transport: typeof fetch
}

const outcomeOf = ({ status, ok }: Response): Outcome => {
  if (ok) return 'sent'
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'refused' : 'later'
}

type Bytes = Uint8Array<ArrayBuffer>

const compress = async (body: Bytes): Promise<Bytes> => {
  const { readable, writable } = new CompressionStream('gzip')
  const writer = writable.getWriter()
  // What fails there fails below too.
  writer.write(body).catch(() => {})
  writer.close().catch(() => {})
  return new Uint8Array(await new Response(readable).arrayBuffer())
}

export const createPost = ({ endpoint, limits, transport }: PostDeps): Post => {
  let inFlight = 0

  const request = (body: Bytes, keepalive: boolean): Promise<Response> =>
    // Without headers of our own it needs no preflight, which could not run while the page goes. The service sees by
    // the first bytes whether the body is compressed.
    transport(endpoint.url, {
      method: 'POST',
      body,
      keepalive,
      credentials: 'omit',
      referrerPolicy: 'strict-origin',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })

  const post = async (entries: Entry[], when?: 'unloading'): Promise<Outcome> => {
    const [first] = entries
    const { rest } = first!
    // Reading a file takes longer than a page that goes has.
    if (rest && when) return 'later'
    const lines = entries.map(({ items }) => items).join('\n')
    // Needed by files, which name no event themselves, and by services that want one event with each envelope.
    const eventId = rest || limits.batch() < 2 ? first!.eventId : undefined
    let body = new TextEncoder().encode(envelopeOf(endpoint, eventId, lines))
    if (rest) body = new Uint8Array(await new Blob([body, rest]).arrayBuffer())
    if (!when && limits.takesGzip() && body.length > MIN_COMPRESSED_BYTES) body = await compress(body)
    const keepalive = inFlight + body.length <= KEEPALIVE_BYTES
    if (when && !(keepalive && 'keepalive' in Request.prototype)) {
      navigator.sendBeacon(endpoint.url, body)
      return 'later'
    }
    inFlight += body.length
    try {
      // Others on the page may have used up the keepalive budget: then without it.
      const response = await request(body, keepalive).catch(() => request(body, false))
      limits.learn(response)
      return outcomeOf(response)
    } catch {
      return 'later'
    } finally {
      inFlight -= body.length
    }
  }
  const fitting: Post['fitting'] = (entries, when) => {
    const max = when || !limits.takesGzip() ? KEEPALIVE_BYTES : BATCH_CHARS
    let chars = 0
    return entries.filter(
      ({ items, rest }, at) =>
        !at || (!rest && !entries[0]!.rest && at < limits.batch() && (chars += items.length) < max),
    )
  }
  return Object.assign(post, { fitting, room: () => KEEPALIVE_BYTES - inFlight })
}
