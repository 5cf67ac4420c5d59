import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { gunzipSync } from 'node:zlib'
import { agentsByAddress } from './agents.ts'

// Not fetch: Node's decodes `br` whatever was asked for, and the Brotli decoder of Node 20 has a memory-safety hole
// without a fix (CVE-2026-111497, checked 2026-11). A service's answer must not be able to reach it.

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: URL
  headers?: Record<string, string>
  body?: Uint8Array
  /** Milliseconds without any byte before the request is given up. Default: 60,000. */
  timeoutMs?: number
}

export interface HttpResponse {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
}

export type HttpClient = (request: HttpRequest) => Promise<HttpResponse>

const RESPONSE_LIMIT = 32 * 1024 * 1024

const readBody = async (response: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length
    if (size > RESPONSE_LIMIT) throw new Error(`the answer is larger than ${RESPONSE_LIMIT} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const decode = (body: Buffer, encoding: string): Buffer => {
  if (encoding === '' || encoding === 'identity') return body
  if (encoding === 'gzip') return gunzipSync(body, { maxOutputLength: RESPONSE_LIMIT })
  throw new Error(`the answer has the content encoding ${encoding}, which was not asked for`)
}

const readResponse = async (response: IncomingMessage): Promise<HttpResponse> => {
  const encoding = (response.headers['content-encoding'] ?? '').trim().toLowerCase()
  const body = await readBody(response)
  return { status: response.statusCode ?? 0, headers: response.headers, body: decode(body, encoding) }
}

/** A client that keeps its connections and goes through the proxy that the environment names. It follows no redirects: they would carry the token elsewhere. */
export const createHttpClient = (): { send: HttpClient; close: () => void } => {
  const agents = agentsByAddress()
  const send: HttpClient = ({ method, url, headers = {}, body, timeoutMs = 60_000 }) =>
    new Promise((resolve, reject) => {
      const start = url.protocol === 'https:' ? requestHttps : requestHttp
      const length = body ? { 'content-length': String(body.length) } : {}
      const request = start(url, {
        method,
        agent: agents.agentFor(url),
        headers: { 'accept-encoding': 'gzip, identity', ...headers, ...length },
        timeout: timeoutMs,
      })
      request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)))
      request.on('error', reject)
      request.on('response', (response) => readResponse(response).then(resolve, reject))
      request.end(body)
    })
  return { send, close: agents.close }
}
