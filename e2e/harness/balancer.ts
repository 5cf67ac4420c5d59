import { once } from 'node:events'
import { createServer, request, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http'

export interface Targets {
  /** Addresses of the processes that take events in. */
  ingest: readonly string[]
  web: readonly string[]
}

export interface Balancer {
  close(): Promise<void>
}

/** The paths of the door; everything else is for people. */
const OF_DOOR = /^\/api\/(?:\d+\/(?:envelope|store|security)|tunnel)\//

const readBody = async (incoming: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** What is cut off from the network answers nothing, not even that it does not listen. */
const CONNECTED_WITHIN_MS = 5000

const giveUpConnecting = (asked: ClientRequest): void => {
  asked.once('socket', (socket) => {
    if (!socket.connecting) return
    const late = setTimeout(
      () => asked.destroy(Object.assign(new Error('no answer'), { code: 'ENOTCONN' })),
      CONNECTED_WITHIN_MS,
    )
    socket.once('connect', () => clearTimeout(late))
    socket.once('close', () => clearTimeout(late))
  })
}

/** Nothing was sent then. */
const UNREACHABLE: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENOTCONN'])

type Forwarded = 'done' | 'unreachable' | 'failed'

const forward = (
  target: string,
  { incoming, body, outgoing }: { incoming: IncomingMessage; body: Buffer; outgoing: ServerResponse },
): Promise<Forwarded> =>
  new Promise((resolve) => {
    const { method, headers, url } = incoming
    const asked = request(target + url, { method: method!, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
      answer.on('error', () => outgoing.destroy())
      resolve('done')
    })
    outgoing.on('close', () => asked.destroy())
    giveUpConnecting(asked)
    asked.on('error', ({ code }: NodeJS.ErrnoException) => resolve(UNREACHABLE.has(code) ? 'unreachable' : 'failed'))
    asked.end(body)
  })

/**
 * What stands before the processes: events go to one of the doors, everything else to one of those that answer people. What
 * listens no more is passed over; what was begun is not tried again elsewhere.
 */
export const startBalancer = async (port: number, targets: Targets): Promise<Balancer> => {
  let turn = 0
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await readBody(incoming)
    const candidates = OF_DOOR.test(incoming.url!) ? targets.ingest : targets.web
    turn += 1
    for (let tried = 0; tried < candidates.length; tried += 1) {
      const target = candidates[(turn + tried) % candidates.length]!
      const forwarded = await forward(target, { incoming, body, outgoing })
      if (forwarded === 'done') return
      if (forwarded === 'failed') break
    }
    if (!outgoing.headersSent) outgoing.writeHead(502).end()
  }
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
