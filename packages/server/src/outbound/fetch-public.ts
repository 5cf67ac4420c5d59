// The one way in which the service asks for addresses that strangers can name.
import { lookup as resolveHost, type LookupAddress } from 'node:dns'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

export interface FetchRule {
  /** Which addresses may be asked for; asked again for each redirect. */
  allows: (url: URL) => boolean
  /** Which IP addresses may be connected to. Default: public ones. */
  reaches?: (address: string) => boolean
  /** Bytes of a body. */
  maxBytes: number
  /** For everything, redirects included. */
  timeoutMs: number
}

export type Fetched =
  | { ok: true; url: URL; headers: IncomingMessage['headers']; body: Buffer }
  | { ok: false; reason: string }

const REDIRECTS = 3

class Refused extends Error {}

/** Resolves a host once and connects to what was checked: a second answer of the DNS cannot be another. */
const guardedLookup =
  (reaches: (address: string) => boolean): LookupFunction =>
  (host, _options, callback) =>
    resolveHost(host, { all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, [])
      if (addresses.length === 0 || !addresses.every(({ address }) => reaches(address)))
        return callback(new Refused(`${host} is no public address`), [])
      callback(null, addresses)
    })

const readBody = async (response: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length
    if (size > maxBytes) throw new Refused(`the answer is larger than ${maxBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const ask = (url: URL, rule: FetchRule, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { allows, reaches = isPublicAddress } = rule
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (!/^https?:$/.test(url.protocol) || url.username !== '' || !allows(url))
      return reject(new Refused(`${url.origin} is not listed`))
    // Addresses in numbers are connected to without a lookup.
    if (isIP(host) !== 0 && !reaches(host)) return reject(new Refused(`${host} is no public address`))
    const start = url.protocol === 'https:' ? requestHttps : requestHttp
    // Not compressed: nothing has to be bounded twice, and Node 20's Brotli decoder is not safe.
    const headers = { 'accept-encoding': 'identity', 'user-agent': 'foghorn' }
    start(url, { lookup: guardedLookup(reaches), headers, signal, agent: false }, resolve)
      .on('error', reject)
      .end()
  })

const follow = async (url: URL, rule: FetchRule, signal: AbortSignal, redirects = REDIRECTS): Promise<Fetched> => {
  const response = await ask(url, rule, signal)
  const { statusCode = 0, headers } = response
  if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
    response.destroy()
    if (redirects === 0) throw new Refused('it redirects without end')
    return follow(new URL(headers.location, url), rule, signal, redirects - 1)
  }
  if (statusCode !== 200) throw new Refused(`it answers ${statusCode}`)
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new Refused('it is compressed, which was not asked for')
  return { ok: true, url, headers, body: await readBody(response, rule.maxBytes) }
}

/** Gets an address by GET. Whatever goes wrong is a reason, never a throw. */
export const fetchPublic = async (url: URL, rule: FetchRule): Promise<Fetched> => {
  const deadline = AbortSignal.timeout(rule.timeoutMs)
  try {
    return await follow(url, rule, deadline)
  } catch (error) {
    const why = deadline.aborted ? `no answer within ${rule.timeoutMs / 1000} s` : (error as Error).message
    return { ok: false, reason: `${url.origin}${url.pathname}: ${why}` }
  }
}
