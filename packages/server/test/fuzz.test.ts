import { gzipSync } from 'node:zlib'
import { parseEnvelope } from '@foghorn/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { errorEvent, startService, type TestService } from './harness.ts'
import { createRandom, type Random } from './random.ts'

const CASES = process.env['FOGHORN_LONG'] ? 200_000 : 2000

let service: TestService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  '\u0000',
  '\ud800',
  '__proto__',
  [],
  {},
  [[]],
  { values: null },
  { values: {} },
  [null, 7],
  '9'.repeat(400),
]

/** Puts something odd in one place of a value. */
const twist = (random: Random, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || random.below(6) === 0) return random.pick(ODD)
  const copy = structuredClone(value) as Record<string, unknown>
  const key = random.pick([...Object.keys(copy), '__proto__', 'constructor'])
  Object.defineProperty(copy, key, {
    value: twist(random, copy[key]),
    enumerable: true,
    writable: true,
    configurable: true,
  })
  return copy
}

const HEADERS = [
  ...Array.from({ length: 12 }, () => '{}'),
  '{"event_id":7}',
  '{"event_id":"zz","sent_at":"never"}',
  '[]',
  'null',
  '{"dsn":"http://x@y/1"}',
  '',
  '{"sent_at":1}',
]
const TYPES = [
  'event',
  'transaction',
  'session',
  'sessions',
  'span',
  'client_report',
  'feedback',
  'user_report',
  'attachment',
  'replay_event',
  '\u0007',
  '__proto__',
]

const payload = (random: Random): string => {
  let event: unknown = errorEvent()
  for (let times = random.below(4); times > 0; times -= 1) event = twist(random, event)
  return JSON.stringify(event) ?? ''
}

const itemOf = (random: Random): string => {
  const body = payload(random)
  const length =
    random.below(4) > 0 ? Buffer.byteLength(body) : random.pick([undefined, 0, -1, 1e9, body.length + 1, 'x'])
  return `${JSON.stringify({ type: random.pick(TYPES), length })}\n${body}`
}

/** Changes, doubles or drops a stretch of bytes. */
const damage = (random: Random, bytes: Buffer): Buffer => {
  const from = random.below(bytes.length + 1)
  const to = Math.min(bytes.length, from + random.below(20))
  const between = random.pick([
    Buffer.alloc(0),
    Buffer.from([random.below(256)]),
    bytes.subarray(from, to),
    Buffer.from('\n'),
  ])
  return Buffer.concat([bytes.subarray(0, from), between, bytes.subarray(random.pick([from, to]))])
}

const requestOf = (random: Random): { body: Buffer; headers: Record<string, string> } => {
  const items = Array.from({ length: random.below(4) }, () => itemOf(random))
  let body: Buffer = Buffer.from([random.pick(HEADERS), ...items].join('\n'))
  if (random.below(3) === 0) body = damage(random, body)
  const encoding = random.below(2) > 0 ? '' : random.pick(['gzip', 'deflate', 'br', 'gzip, gzip', 'identity', '\u00e9'])
  if (encoding === 'gzip' && random.below(2) === 0) body = gzipSync(body)
  return { body, headers: encoding === '' ? {} : { 'content-encoding': encoding } }
}

const EXPECTED = new Set([200, 400, 403, 413, 415])

test(`${CASES} malformed requests are answered, digested or set aside, and never a fault of ours`, async () => {
  const random = createRandom(20_261_121)
  const accepted: number[] = []
  for (let number = 0; number < CASES; number += 1) {
    const { body, headers } = requestOf(random)
    const { status } = await service.post(service.envelopePath, new Uint8Array(body), headers)
    expect(EXPECTED, `case ${number}`).toContain(status)
    if (status === 200) accepted.push(number)
    if (number % 100 === 99) await service.digest()
  }
  await service.digest()
  // Set aside at once, as unreadable: an unexpected error would be tried again instead.
  expect(service.failures.filter(({ buried }) => !buried)).toEqual([])
  expect(accepted.length).toBeGreaterThan(CASES / 10)
}, 3_600_000)

test('an envelope is read the same however its bytes lie in memory', () => {
  const random = createRandom(7)
  for (let number = 0; number < CASES; number += 1) {
    const { body } = requestOf(random)
    const shifted = Buffer.concat([Buffer.from('xyz'), body]).subarray(3)
    expect(JSON.stringify(parseEnvelope(shifted))).toBe(JSON.stringify(parseEnvelope(body)))
  }
}, 600_000)
