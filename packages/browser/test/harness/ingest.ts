import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { parseEnvelope, type ClientEvent } from '@foghorn/protocol'

export const PUBLIC_KEY = '0123456789abcdef0123456789abcdef'

export interface Item {
  type: string
  // oxlint-disable-next-line typescript/no-explicit-any
  payload: any
}

/**
 * How the service answers the next request. `lost` keeps it and never answers, `garbled` answers what is no HTTP,
 * `doubled` keeps it twice, as behind a proxy that tries again; `dropped` forgets it.
 */
export type Answer =
  | { status: number; headers?: Record<string, string>; afterMs?: number }
  | 'lost'
  | 'garbled'
  | 'doubled'
  | 'dropped'

export interface Ingest {
  dsn: string
  url: string
  items: Item[]
  /** Bodies as they came, decompressed. */
  bodies: string[]
  /** Bytes that each of them took on the wire. */
  sizes: number[]
  /** Asked for each request; 200 by default. */
  answer: (body: string) => Answer
  events(): ClientEvent[]
  close(): Promise<void>
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-sentry-rate-limits, retry-after, x-foghorn-batch',
}

/** What our service says with each 2xx: how many entries it takes in one envelope. */
const TAKES_BATCHES = { 'x-foghorn-batch': '100; gzip' }

const bodyOf = async (request: IncomingMessage): Promise<{ bytes: Buffer; size: number }> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  // Compressed bodies come without a header that says so, which would cost a preflight.
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b
  return { bytes: isCompressed ? gunzipSync(bytes) : bytes, size: bytes.length }
}

const copiesKept = (answer: Answer): number => {
  if (typeof answer === 'object') return answer.status < 300 ? 1 : 0
  return { lost: 1, garbled: 1, doubled: 2, dropped: 0 }[answer]
}

/** A service of its own for a test: keeps what it accepts, and misbehaves on demand. */
export const startIngest = async (port = 0): Promise<Ingest> => {
  const items: Item[] = []
  const bodies: string[] = []
  const sizes: number[] = []
  const keep = ({ bytes, size }: { bytes: Buffer; size: number }): void => {
    bodies.push(bytes.toString())
    sizes.push(size)
    const result = parseEnvelope(bytes)
    if (!result.ok) throw new Error('The SDK sent an envelope that cannot be read.')
    for (const { headers, payload } of result.envelope.items) {
      items.push({ type: headers.type, payload: JSON.parse(Buffer.from(payload).toString()) })
    }
  }
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request).catch(() => undefined)
    if (!body || request.method !== 'POST') return void response.writeHead(405, CORS).end()
    const answer = ingest.answer(body.bytes.toString())
    for (let copies = copiesKept(answer); copies > 0; copies -= 1) keep(body)
    if (answer === 'garbled') return void request.socket.end('\u0000 no answer \r\n')
    if (answer === 'lost' || answer === 'dropped') return void request.socket.destroy()
    const { status, headers, afterMs = 0 } = answer === 'doubled' ? ({ status: 200 } as const) : answer
    if (afterMs) await new Promise((resolve) => setTimeout(resolve, afterMs))
    response.writeHead(status, { ...CORS, ...(status < 300 && TAKES_BATCHES), ...headers }).end('{}')
  }
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: actual } = server.address() as AddressInfo
  const ingest: Ingest = {
    url: `http://127.0.0.1:${actual}`,
    dsn: `http://${PUBLIC_KEY}@127.0.0.1:${actual}/1`,
    items,
    bodies,
    sizes,
    answer: () => ({ status: 200 }),
    events: () => items.filter((item) => item.type === 'event').map((item) => item.payload as ClientEvent),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return ingest
}
