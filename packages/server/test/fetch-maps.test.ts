import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { withFetching } from '../src/artifacts/fetch-maps.ts'
import { fetchPublic } from '../src/outbound/fetch-public.ts'
import { isPublicAddress } from '../src/outbound/public-address.ts'
import { startService, type TestService } from './harness.ts'
import { sqlArtifactRecords } from '../src/adapters/sql/artifact-records.ts'
import { MAP, SCRIPT } from './upload.ts'
import { openDatabase } from './main-store.ts'

const listen = async (handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> => {
  const server = createServer(handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const anywhere = (): boolean => true

describe('an address is public', () => {
  test.each(['93.184.216.34', '1.1.1.1', '2606:4700:4700::1111'])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    'ff02::1',
    'localhost',
    '',
  ])('but %j is not', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('a fetch is refused', () => {
  const rule = { allows: anywhere, maxBytes: 1000, timeoutMs: 500 }
  const reasonOf = async (url: string, wish: object = {}): Promise<string> => {
    const fetched = await fetchPublic(new URL(url), { ...rule, ...wish })
    return fetched.ok ? 'ok' : fetched.reason
  }

  test.each(['http://127.0.0.1:1/', 'http://localhost:1/', 'http://[::1]:1/', 'http://2130706433/', 'http://0x7f.1/'])(
    'for %s, which is this machine',
    async (url) => {
      expect(await reasonOf(url)).toContain('is no public address')
    },
  )

  test('for what is not listed, also when a listed address redirects there', async () => {
    const secret = await listen((_, response) => response.end('secret'))
    const origin = await listen((_, response) => response.writeHead(302, { location: secret }).end())
    const allows = (url: URL): boolean => url.origin === origin
    expect(await reasonOf(secret, { allows, reaches: anywhere })).toContain('is not listed')
    expect(await reasonOf(origin, { allows, reaches: anywhere })).toContain('is not listed')
    expect(await reasonOf('file:///etc/passwd', { reaches: anywhere })).toContain('is not listed')
  })

  test.each<[string, (request: IncomingMessage, response: ServerResponse) => void, string]>([
    ['too large', (_, response) => response.end('x'.repeat(2000)), 'larger than 1000 bytes'],
    ['compressed', (_, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'), 'is compressed'],
    ['not there', (_, response) => response.writeHead(404).end(), 'answers 404'],
    ['silent', () => undefined, 'no answer within 0.5 s'],
    ['a circle', ({ url }, response) => response.writeHead(302, { location: url! }).end(), 'redirects without end'],
  ])('when what is there is %s', async (_what, handle, reason) => {
    expect(await reasonOf(await listen(handle), { reaches: anywhere })).toContain(reason)
  })
})

describe('maps that nobody uploaded', () => {
  let service: TestService
  beforeEach(async () => {
    service = await startService()
  })
  afterEach(() => service.close())

  const deploy = async (asked: string[] = []): Promise<string> => {
    const files: Record<string, string> = { '/app.js': SCRIPT, '/app.js.map': MAP }
    return listen(({ url }, response) => {
      asked.push(url!)
      const text = files[url!]
      if (text === undefined) response.writeHead(404).end()
      else response.end(text)
    })
  }

  const finderFor = async (origins: string[], reaches?: () => boolean) => {
    const db = await openDatabase(service.data)
    onTestFinished(() => db.destroy())
    const records = sqlArtifactRecords(db, () => service.clock.now)
    const { blobs, findMap } = service.stores
    const deps = { records, blobs, origins, now: () => service.clock.now, ...(reaches ? { reaches } : {}) }
    const find = withFetching(findMap, deps)
    return async (filename: string): Promise<string> => {
      const found = await find({ projectId: service.project.id, images: [] }, { filename, lineno: 1, colno: 10 })
      return 'reason' in found ? found.reason : found.by
    }
  }

  test('are fetched from a listed origin, once, and kept', async () => {
    const asked: string[] = []
    const origin = await deploy(asked)
    const find = await finderFor([origin], anywhere)
    expect([await find(`${origin}/app.js`), await find(`${origin}/app.js`)]).toEqual(['url', 'url'])
    expect(asked).toEqual(['/app.js', '/app.js.map'])
    expect(await (await finderFor([]))(`${origin}/app.js`)).toBe('url')
  })

  test('are left where they are when the origin is not listed, or is of this network', async () => {
    const asked: string[] = []
    const origin = await deploy(asked)
    expect(await (await finderFor([], anywhere))(`${origin}/app.js`)).toBe('no-artifact')
    expect(await (await finderFor([origin]))(`${origin}/app.js`)).toBe('no-artifact')
    expect(asked).toEqual([])
  })

  test('are asked for again after an hour, not before', async () => {
    const asked: string[] = []
    const origin = await deploy(asked)
    const find = await finderFor([origin], anywhere)
    for (const wait of [0, 59, 2]) {
      service.clock.now += wait * 60_000
      expect(await find(`${origin}/gone.js`)).toBe('no-artifact')
    }
    expect(asked).toEqual(['/gone.js', '/gone.js'])
  })
})
