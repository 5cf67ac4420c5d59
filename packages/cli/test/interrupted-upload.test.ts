import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildProgram, ORIGINAL_FRAMES, runProgram } from './program.ts'
import { brief, debugMeta, foghorn, startService, type Service } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

type Cut = 'before' | 'after'

const forward = (incoming: IncomingMessage, outgoing: ServerResponse, cut: Cut | undefined): void => {
  // The service must see the address that the client used: it hands it out for the chunks.
  const { method, headers, url } = incoming
  const target = new URL(url!, service.url())
  const onward = request(target, { method, headers }, (answer) => {
    if (cut === 'after') return void answer.resume().on('end', () => outgoing.socket?.destroy())
    outgoing.writeHead(answer.statusCode!, answer.headers)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.socket?.destroy())
  incoming.pipe(onward)
}

const listen = async (handle: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Promise<string> => {
  const server = createServer(handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  onTestFinished(() => server.closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A way to the service that breaks at the given request: before it gets there, or before its answer comes back. */
const breakingProxy = async (brokenRequest: number, cut: Cut): Promise<string> => {
  let requests = 0
  return listen((incoming, outgoing) => {
    requests += 1
    if (requests === brokenRequest && cut === 'before') return void incoming.socket.destroy()
    forward(incoming, outgoing, requests === brokenRequest ? cut : undefined)
  })
}

/** A way to the service that kills the service while it carries the given request. */
const killingProxy = async (fatalRequest: number): Promise<{ url: string; restarted: () => Promise<void> }> => {
  let requests = 0
  let restarted: Promise<void> = Promise.resolve()
  const url = await listen((incoming, outgoing) => {
    requests += 1
    forward(incoming, outgoing, undefined)
    if (requests === fatalRequest) restarted = service.crash()
  })
  return { url, restarted: () => restarted }
}

const STEPS = ['asking what to send', 'asking what is missing', 'sending chunks', 'assembling']

const CASES = STEPS.flatMap((step, index) => [
  { step, number: index + 1, cut: 'before' as const },
  { step, number: index + 1, cut: 'after' as const },
])

test.each(CASES)('a connection cut while $step ($cut the service acts) does no harm', async ({ number, cut }) => {
  const dist = buildProgram(`cut ${number} ${cut}`)
  const { outcomes } = JSON.parse((await foghorn(['sourcemaps', 'inject', dist, '--json'])).stdout)
  const env = { ...service.env(), FOGHORN_URL: await breakingProxy(number, cut) }
  const { code, stderr } = await foghorn(['sourcemaps', 'upload', dist], env)
  expect([code, stderr]).toEqual([0, ''])
  const frames = await service.resolve(runProgram(dist), debugMeta(outcomes[0].debugId))
  expect(brief(frames).slice(0, 3)).toEqual(ORIGINAL_FRAMES)
})

test.each(process.env['FOGHORN_LONG'] ? [1, 2, 3, 4] : [2, 4])(
  'a service that is killed during request %i of an upload has it all when the upload is repeated',
  async (request) => {
    const dist = buildProgram(`killed at ${request}`)
    const { outcomes } = JSON.parse((await foghorn(['sourcemaps', 'inject', dist, '--json'])).stdout)
    const proxy = await killingProxy(request)
    await foghorn(['sourcemaps', 'upload', dist], { ...service.env(), FOGHORN_URL: proxy.url })
    await proxy.restarted()
    expect((await foghorn(['sourcemaps', 'upload', dist], service.env())).code).toBe(0)
    const frames = await service.resolve(runProgram(dist), debugMeta(outcomes[0].debugId))
    expect(brief(frames).slice(0, 3)).toEqual(ORIGINAL_FRAMES)
  },
)

test('ten uploads at once, half of them of the same build, all succeed', async () => {
  const builds = ['same', 'other'].map((variant) => buildProgram(`parallel ${variant}`))
  for (const dist of builds) await foghorn(['sourcemaps', 'inject', dist])
  const uploads = Array.from({ length: 10 }, (_, index) =>
    foghorn(['sourcemaps', 'upload', builds[index % 2]!], service.env()),
  )
  expect((await Promise.all(uploads)).map(({ code }) => code)).toEqual(Array(10).fill(0))
})
