import { readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type AddressInfo, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildProgram } from './program.ts'
import { foghorn, startService, type Service } from './service.ts'

// Made by: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -subj /CN=localhost
//   -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out certificate.pem
const tlsFile = (name: string): string => fileURLToPath(new URL(`tls/${name}`, import.meta.url))

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const freePort = async (): Promise<number> => {
  const server = createServer()
  const port = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Ends TLS in front of what listens at a port of this machine. */
const createTlsFront = (port: number) =>
  createTlsServer(
    { key: readFileSync(tlsFile('key.pem')), cert: readFileSync(tlsFile('certificate.pem')) },
    (incoming, outgoing) => {
      const { method, headers, url } = incoming
      const onward = request({ host: '127.0.0.1', port, method, headers, path: url }, (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers)
        answer.pipe(outgoing)
      })
      onward.on('error', () => outgoing.destroy())
      incoming.pipe(onward)
    },
  )

/** A proxy that makes tunnels and nothing else, and notes where to. */
const createTunnelProxy = (tunnels: string[]) =>
  createServer((_, outgoing) => outgoing.writeHead(405).end()).on('connect', (incoming, client) => {
    tunnels.push(incoming.url!)
    const onward = connect(Number(new URL(`http://${incoming.url}`).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.pipe(client).pipe(onward)
    })
    for (const end of [onward, client]) end.on('error', () => [onward, client].forEach((each) => each.destroy()))
  })

const tunnels: string[] = []
let service: Service
let front: ReturnType<typeof createTlsFront>
let proxy: ReturnType<typeof createTunnelProxy>
let proxyUrl: string
beforeAll(async () => {
  const port = await freePort()
  front = createTlsFront(port)
  const publicUrl = `https://localhost:${await listen(front)}`
  proxy = createTunnelProxy(tunnels)
  proxyUrl = `http://127.0.0.1:${await listen(proxy)}`
  service = await startService(undefined, { port, publicUrl })
})
afterAll(async () => {
  for (const server of [front, proxy]) {
    server?.close()
    server?.closeAllConnections()
  }
  await service?.close()
})

const env = (more: Record<string, string> = {}) => ({ ...service.env(), HTTPS_PROXY: proxyUrl, ...more })

test('an upload to an https address goes through a tunnel of the proxy, all of it', async () => {
  const dist = buildProgram('tunnel')
  await foghorn(['sourcemaps', 'inject', dist])
  const trusting = env({ NODE_EXTRA_CA_CERTS: tlsFile('certificate.pem') })
  const { code, stderr } = await foghorn(['sourcemaps', 'upload', dist, '--release', 'tunnel@1'], trusting)
  expect([code, stderr]).toEqual([0, ''])
  const { stdout } = await foghorn(['sourcemaps', 'list', '--json'], trusting)
  expect(JSON.parse(stdout)).toMatchObject([{ release: 'tunnel@1', files: 2 }])
  expect(new Set(tunnels)).toEqual(new Set([new URL(service.url()).host]))
})

test('the certificate behind the tunnel has to be trusted', async () => {
  const { code, stderr } = await foghorn(['sourcemaps', 'list'], env())
  expect([code, stderr]).toEqual([1, expect.stringMatching(/cannot be reached \(self.signed certificate\)/)])
})
