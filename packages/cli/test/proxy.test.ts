import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildProgram } from './program.ts'
import { foghorn, startService, type Service } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

/** A forward proxy, as companies have them. */
const startProxy = async (): Promise<{ url: string; asked: string[] }> => {
  const asked: string[] = []
  const server = createServer((incoming, outgoing) => {
    asked.push(new URL(incoming.url!).pathname)
    const onward = request(incoming.url!, { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const upload = async (variant: string, env: Record<string, string>) => {
  const dist = buildProgram(variant)
  await foghorn(['sourcemaps', 'inject', dist])
  return foghorn(['sourcemaps', 'upload', dist], { ...service.env(), ...env })
}

test('an upload goes through the proxy that the environment names', async () => {
  const proxy = await startProxy()
  expect(await upload('proxy', { HTTP_PROXY: proxy.url })).toMatchObject({ code: 0, stderr: '' })
  expect(proxy.asked).toContain('/api/0/organizations/acme/artifactbundle/assemble/')
  expect(proxy.asked).toContain('/api/0/organizations/acme/chunk-upload/')
})

test('and not for hosts that NO_PROXY names', async () => {
  const proxy = await startProxy()
  expect((await upload('no proxy', { HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' })).code).toBe(0)
  expect(proxy.asked).toEqual([])
})

test('a proxy that cannot be used is said to be one', async () => {
  const { code, stderr } = await upload('bad proxy', { HTTP_PROXY: 'socks5://127.0.0.1:1' })
  expect([code, stderr]).toEqual([1, expect.stringContaining('The proxy in HTTP_PROXY or HTTPS_PROXY')])
})
