import { createServer, type IncomingHttpHeaders } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'

export interface Received {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  body?: string
}

/** A server of somebody else that takes alerts. It answers as it is told, and keeps what it got. */
export const startReceiver = async () => {
  const received: Received[] = []
  const state: { answer: (request: Received) => Answer | 'hang up' } = { answer: () => ({ status: 200, body: 'ok' }) }
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const { method = '', url = '', headers } = request
    const one = { method, path: url, headers, body: Buffer.concat(parts).toString() }
    received.push(one)
    const answer = state.answer(one)
    if (answer === 'hang up') return request.socket.destroy()
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    received,
    /** Without a path. */
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (answer: Answer | 'hang up') => (state.answer = () => answer),
    answerBy: (answer: (request: Received) => Answer | 'hang up') => (state.answer = answer),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>

/** Answers with bytes as they are and hangs up; without any it says nothing. */
export const startSpeaking = async (bytes?: string) => {
  const open = new Set<Socket>()
  const server = createTcpServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined).once('data', () => bytes !== undefined && socket.end(bytes))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    })
  return { url: `http://127.0.0.1:${port}`, close }
}
