import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isNetwork, reachesListed } from '../src/outbound/listed-networks.ts'
import { postGuarded } from '../src/outbound/post-guarded.ts'
import { startReceiver, type Receiver } from './receiver.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.close())

const post = (url: string, networks: string[] = []) =>
  postGuarded({ url: new URL(url), headers: {}, body: '{}' }, { reaches: reachesListed(networks), timeoutMs: 2000 })

const portOf = (url: string): string => new URL(url).port

describe('an address of no public network is not connected to, however it is written', () => {
  test.each([
    'http://127.0.0.1',
    'http://127.1',
    'http://0x7f000001',
    'http://2130706433',
    'http://0177.0.0.1',
    'http://0.0.0.0',
    'http://localhost',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://[64:ff9b::7f00:1]',
    'http://[2002:7f00:1::]',
    'http://[fe80::1]',
    'http://[fd00::1]',
    'http://169.254.169.254',
    'http://[fd00:ec2::254]',
    'http://10.0.0.1',
    'http://172.16.0.1',
    'http://192.168.1.1',
    'http://100.64.0.1',
    'http://１２７.0.0.1',
    'http://127.0.0.1.',
    'http://①②⑦.⓪.⓪.①',
    'http://127。0。0。1',
    'http://017700000001',
    'http://0x7f.1',
    'http://[::127.0.0.1]',
    'http://[0:0:0:0:0:ffff:a9fe:a9fe]',
    'http://[64:ff9b:1::a00:1]',
    'http://[fec0::1]',
    'http://[::]',
    // The metadata of Alibaba and Oracle.
    'http://100.100.100.200',
    'http://192.0.0.192',
  ])('%s', async (origin) => {
    const before = receiver.received.length
    const posted = await post(`${origin}:${portOf(receiver.url)}/`)
    expect(posted).toMatchObject({ ok: false })
    expect(receiver.received).toHaveLength(before)
  })

  test.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'gopher://127.0.0.1/', 'http://user:pw@example.com/'])(
    'nor another scheme or a log-in: %s',
    async (url) => {
      expect(await post(url)).toMatchObject({ ok: false })
    },
  )
})

// What one parser takes for the host is something else for another: here there is one parser, whose host is connected to.
test.each([
  ['http://example.com#@PLACE/', 'example.com'],
  ['http://PLACE#@example.com/', '127.0.0.1'],
  ['http://PLACE\\@example.com/', '127.0.0.1'],
  ['http:\\\\PLACE/', '127.0.0.1'],
  ['http:PLACE/', '127.0.0.1'],
  ['http://PLACE/?@example.com', '127.0.0.1'],
  ['http://\tPLACE/', '127.0.0.1'],
])('%j has one host', async (text, host) => {
  const place = `127.0.0.1:${portOf(receiver.url)}`
  const url = new URL(text.replace('PLACE', place))
  expect(url.hostname).toBe(host)
  if (host !== '127.0.0.1') return
  const before = receiver.received.length
  expect(await post(url.href)).toMatchObject({ ok: false, reason: expect.stringContaining('no public address') })
  expect(receiver.received).toHaveLength(before)
})

test('networks that the operator lists are reached, and no others', async () => {
  expect(await post(receiver.url, ['127.0.0.1'])).toMatchObject({ ok: true, status: 200 })
  expect(await post(receiver.url, ['10.0.0.0/8', '127.0.1.0/24'])).toMatchObject({ ok: false })
  expect(['10.0.0.0/8', '::1', 'fd00::/8'].every(isNetwork)).toBe(true)
  expect(['10.0.0.0/33', 'example.com', '10.0.0.0/', '::/129'].some(isNetwork)).toBe(false)
})

test('nobody follows a redirect', async () => {
  receiver.answer({ status: 307, headers: { location: `${receiver.url}/elsewhere` } })
  const before = receiver.received.length
  expect(await post(`${receiver.url}/first`, ['127.0.0.1'])).toMatchObject({ ok: true, status: 307 })
  expect(receiver.received.slice(before).map(({ path }) => path)).toEqual(['/first'])
})

test('an answer without end is cut off, and its path is not told', async () => {
  receiver.answer({ status: 500, body: 'x'.repeat(10_000_000) })
  expect(await post(receiver.url, ['127.0.0.1'])).toEqual(expect.objectContaining({ ok: true, status: 500, body: '' }))
  const refused = await post(`${receiver.url}/secret-path`)
  expect(JSON.stringify(refused)).not.toContain('secret-path')
})
