// What went wrong in other trackers and in the libraries under them; docs/security.md lists which test holds which lesson.
import { serve as listen } from '@hono/node-server'
import { readdirSync } from 'node:fs'
import type { Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { LIMITS } from '@foghorn/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { envelope, errorEvent, startService, type TestService } from './harness.ts'

let service: TestService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const filesAround = (): string[] => readdirSync(service.data, { recursive: true }).map(String).toSorted()

const asToken = (): Record<string, string> => ({ authorization: `Bearer ${service.token}` })

describe('a name that somebody sends is no path', () => {
  const NAMES = ['../../../../tmp/planted', '/tmp/planted', '..\\..\\planted', 'planted\0.json', '%2e%2e%2fplanted']

  test.each(NAMES)('as the ID of an event: %j', async (id) => {
    const before = filesAround()
    await service.post(service.envelopePath, envelope({ ...errorEvent(), event_id: id }))
    await service.post(`${service.envelopePath.replace('envelope', 'store')}`, JSON.stringify({ event_id: id }))
    await service.digest()
    await service.read(`/api/0/projects/acme/shop/events/${encodeURIComponent(id)}/`)
    expect(filesAround().filter((file) => !before.includes(file))).toEqual([])
    expect(readdirSync(dirname(service.data)).filter((file) => file.includes('planted0'))).toEqual([])
  })

  test.each(NAMES)('as the checksum of a chunk or a bundle: %j', async (name) => {
    const before = filesAround()
    const form = new FormData()
    form.append('file', new Blob(['chunk']), name)
    const chunk = await service.request('/api/0/organizations/acme/chunk-upload/', {
      method: 'POST',
      headers: asToken(),
      body: form,
    })
    const bundle = await service.request('/api/0/organizations/acme/artifactbundle/assemble/', {
      method: 'POST',
      headers: { ...asToken(), 'content-type': 'application/json' },
      body: JSON.stringify({ checksum: name, chunks: [name], projects: ['shop'] }),
    })
    expect([chunk.status, bundle.status]).toEqual([400, 400])
    expect(filesAround()).toEqual(before)
  })
})

test('many tags are cut before the store is locked for them', async () => {
  const tags = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`tag-${index}`, 'x'.repeat(20)]))
  const event = errorEvent({ tags })
  const { status } = await service.post(service.envelopePath, envelope(event))
  expect(status).toBe(200)
  await service.digest()
  const stored = await service.stores.events.find(service.project.id, event.event_id)
  expect(Object.keys(stored!.payload.tags!)).toHaveLength(LIMITS.tags)
})

describe('a page of another origin', () => {
  const ASKED = { origin: 'https://evil.test', 'access-control-request-method': 'GET' }

  test('may not read the management API, whatever its origin ends with', async () => {
    for (const origin of ['https://evil.test', 'http://evil-foghorn.test', 'http://foghorn.test.evil.test', 'null']) {
      const response = await service.request('/api/0/organizations/', { headers: { ...asToken(), origin } })
      const preflight = await service.request('/api/0/organizations/', {
        method: 'OPTIONS',
        headers: { ...ASKED, origin },
      })
      for (const { headers } of [response, preflight]) {
        expect(headers.get('access-control-allow-origin')).toBeNull()
        expect(headers.get('access-control-allow-credentials')).toBeNull()
      }
    }
  })

  test('may report without credentials, and what it asks for is not what it is told', async () => {
    const wanted = 'x-planted, '.repeat(10_000)
    const preflight = await service.request(service.envelopePath, {
      method: 'OPTIONS',
      headers: { ...ASKED, 'access-control-request-method': 'POST', 'access-control-request-headers': wanted },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
    expect(preflight.headers.get('access-control-allow-headers')).not.toContain('planted')
  })
})

test('no other way of writing a path leads past the guard', async () => {
  const path = '/api/0/organizations/acme/members/'
  const written = [
    path.replace('/api', '/API'),
    path.replace('/api/0', '//api//0'),
    path.replace('/api/0', '/api/./0'),
    path.replace('/api/0', '/x/../api/0'),
    path.replace('/api/0', '/api%2f0'),
    path.replace('organizations', '%6frganizations'),
    path.replace('acme', 'acme%2f..%2facme'),
    path.replace('acme', 'acme;x=1'),
    path.slice(0, -1),
    `${path}?/../../healthz`,
    `/healthz/..${path}`,
    `/assets/..${path}`,
    `/assets/%2e%2e${path}`,
    `/js/..%2f..${path}`,
  ]
  for (const address of written) {
    const response = await service.request(address)
    expect([address, (await response.text()).includes('"email"')]).toEqual([address, false])
    if (response.status === 200)
      expect([address, response.headers.get('content-type')]).toEqual([
        address,
        expect.stringMatching(/^text\/html|^application\/json/),
      ])
  }
})

describe('a body of which the headers tell two lengths', () => {
  let server: Server
  beforeAll(async () => {
    server = await new Promise((resolve) => {
      const listening = listen({ fetch: service.app.fetch, port: 0, hostname: '127.0.0.1' }, () =>
        resolve(listening as Server),
      ) as Server
    })
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  const answerTo = (head: string[], body: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
      let answer = ''
      socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
      socket.on('close', () => resolve(answer))
      socket.on('error', reject)
      socket.end(
        [`POST ${service.envelopePath} HTTP/1.1`, 'Host: foghorn.test', ...head, 'Connection: close', '', body].join(
          '\r\n',
        ),
      )
    })

  test.each([
    ['a length and chunks', ['Content-Length: 4', 'Transfer-Encoding: chunked'], '5\r\nhello\r\n0\r\n\r\n'],
    ['two lengths', ['Content-Length: 4', 'Content-Length: 400'], 'hell'],
    ['chunks, twice', ['Transfer-Encoding: chunked, identity'], '5\r\nhello\r\n0\r\n\r\n'],
  ])('%s is refused', async (_what, head, body) => {
    expect(await answerTo(head, body)).toMatch(/^HTTP\/1\.1 400/)
  })
})

test('a tunnel asks nobody else: what names another service in its header is turned away', async () => {
  const event = errorEvent()
  const dsn = 'https://0123456789abcdef0123456789abcdef@evil.test/1'
  const response = await service.post('/api/tunnel/', envelope(event, { dsn }))
  expect(response.status).toBe(403)
})
