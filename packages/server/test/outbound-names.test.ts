import { lookup, type LookupAddress } from 'node:dns'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { fetchPublic } from '../src/outbound/fetch-public.ts'
import { postGuarded } from '../src/outbound/post-guarded.ts'
import { startReceiver, type Receiver } from './receiver.ts'

// Names are the network's: what it answers is played here, all else is real.
vi.mock('node:dns', async (original) => ({ ...(await original<object>()), lookup: vi.fn() }))

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterEach(() => {
  receiver.received.length = 0
  vi.mocked(lookup).mockReset()
})
afterAll(() => receiver.close())

/** Gives these addresses, one list for each time that it is asked; the last one from then on. */
const answering = (...answers: string[][]): void => {
  const played = vi.mocked(lookup) as unknown as ReturnType<typeof vi.fn>
  played.mockImplementation((_host, _options, done: (error: null, found: LookupAddress[]) => void) => {
    const addresses = answers.length > 1 ? answers.shift()! : answers[0]!
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  })
}

const post = (reaches?: (address: string) => boolean) =>
  postGuarded(
    { url: new URL(`http://hooks.test:${new URL(receiver.url).port}/hook`), headers: {}, body: '{}' },
    { reaches, timeoutMs: 5000 },
  )

test.each([
  ['127.0.0.1'],
  ['::ffff:127.0.0.1'],
  ['169.254.169.254'],
  ['10.0.0.7'],
  ['fd00:ec2::254'],
  ['::1'],
  // One that is public does not make the other so.
  ['8.8.8.8', '127.0.0.1'],
  ['127.0.0.1', '8.8.8.8'],
  [],
])('a name that stands for %s %s is not connected to', async (...addresses) => {
  answering(addresses)
  expect(await post()).toMatchObject({ ok: false, reason: expect.stringContaining('no public address') })
  expect(receiver.received).toEqual([])
})

test('a name that stands for something else the next time is connected to where it was looked at', async () => {
  const listed = (address: string): boolean => address === '127.0.0.1'
  answering(['127.0.0.1'], ['::1'])
  expect(await post(listed)).toMatchObject({ ok: true, status: 200 })
  expect(lookup).toHaveBeenCalledTimes(1)
  expect(receiver.received).toHaveLength(1)
  // Each request asks anew, on a connection of its own.
  expect(await post(listed)).toMatchObject({ ok: false, reason: expect.stringContaining('no public address') })
  expect(receiver.received).toHaveLength(1)
})

test('where a redirect leads is looked at like the first address', async () => {
  answering(['127.0.0.1'], ['10.0.0.7'])
  receiver.answer({ status: 302, headers: { location: 'http://inside.test/map' } })
  const fetched = await fetchPublic(new URL(`http://maps.test:${new URL(receiver.url).port}/a.map`), {
    allows: () => true,
    reaches: (address) => address === '127.0.0.1',
    maxBytes: 1000,
    timeoutMs: 5000,
  })
  expect(fetched).toMatchObject({ ok: false, reason: expect.stringContaining('inside.test is no public address') })
  expect(receiver.received.map(({ path }) => path)).toEqual(['/a.map'])
})
