import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseEnvelope, type ClientEvent } from '@foghorn/protocol'

export const PUBLIC_KEY = '0123456789abcdef0123456789abcdef'

export interface Item {
  type: string
  // oxlint-disable-next-line typescript/no-explicit-any
  payload: any
}

/** How the service answers the next request; `lost` reads it, keeps it and never answers; `dropped` forgets it. */
export type Answer = { status: number; headers?: Record<string, string> } | 'lost' | 'dropped'

export interface Ingest {
  dsn: string
  url: string
  items: Item[]
  /** Bodies as they came. */
  bodies: string[]
  /** Asked for each request; 200 by default. */
  answer: (body: string) => Answer
  events(): ClientEvent[]
  close(): Promise<void>
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-sentry-rate-limits, retry-after',
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** A service of its own for a test: keeps what it accepts, and misbehaves on demand. */
export const startIngest = async (port = 0): Promise<Ingest> => {
  const items: Item[] = []
  const bodies: string[] = []
  const keep = (bytes: Buffer): void => {
    bodies.push(bytes.toString())
    const result = parseEnvelope(bytes)
    if (!result.ok) throw new Error('The SDK sent an envelope that cannot be read.')
    for (const { headers, payload } of result.envelope.items) {
      items.push({ type: headers.type, payload: JSON.parse(Buffer.from(payload).toString()) })
    }
  }
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const bytes = await bodyOf(request).catch(() => undefined)
    if (!bytes || request.method !== 'POST') return void response.writeHead(405, CORS).end()
    const answer = ingest.answer(bytes.toString())
    if (answer === 'dropped') return void request.socket.destroy()
    if (answer === 'lost' || answer.status < 300) keep(bytes)
    if (answer === 'lost') return void request.socket.destroy()
    response.writeHead(answer.status, { ...CORS, ...answer.headers }).end('{}')
  }
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: actual } = server.address() as AddressInfo
  const ingest: Ingest = {
    url: `http://127.0.0.1:${actual}`,
    dsn: `http://${PUBLIC_KEY}@127.0.0.1:${actual}/1`,
    items,
    bodies,
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
