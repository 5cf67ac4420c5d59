// The one way in which the service asks for addresses that strangers can name.
import { lookup as resolveHost, type LookupAddress } from 'node:dns'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

export interface Reach {
  /** Which addresses may be asked for. */
  allows: (url: URL) => boolean
  /** Which IP addresses may be connected to. Default: public ones. */
  reaches?: ((address: string) => boolean) | undefined
}

export interface Question {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  headers: Readonly<Record<string, string>>
  body?: string | undefined
}

/** That an address is not to be asked for, or does not answer as it must. */
export class Refused extends Error {}

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

/** The body as it came, as far as it may be long. */
export const readBody = async (response: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length
    if (size > maxBytes) throw new Refused(`the answer is larger than ${maxBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Asks an address that was checked, of a host that was checked; redirects are the caller's to follow or not. */
export const ask = (
  url: URL,
  { method, headers, body }: Question,
  { allows, reaches = isPublicAddress, signal }: Reach & { signal: AbortSignal },
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (!/^https?:$/.test(url.protocol) || url.username !== '' || !allows(url))
      return reject(new Refused(`${url.origin} is not listed`))
    // Addresses in numbers are connected to without a lookup.
    if (isIP(host) !== 0 && !reaches(host)) return reject(new Refused(`${host} is no public address`))
    const start = url.protocol === 'https:' ? requestHttps : requestHttp
    // Not compressed: nothing has to be bounded twice, and Node 20's Brotli decoder is not safe.
    const sent = { 'accept-encoding': 'identity', 'user-agent': 'foghorn', ...headers }
    start(url, { method, lookup: guardedLookup(reaches), headers: sent, signal, agent: false }, resolve)
      .on('error', reject)
      .end(body)
  })
