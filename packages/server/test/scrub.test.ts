import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PERSONAL, SECRETS } from '../src/ingest/secrets/secret-values.ts'
import { envelope, errorEvent, startService, type TestEvent, type TestService } from './harness.ts'

// Each secret is planted where texts stand; none may be found again in what can be read.
const PLANTED: Record<string, string> = {
  card: '4111 1111 1111 1111',
  'card without spaces': '5500005555555559',
  iban: 'DE89 3704 0044 0532 0130 00',
  email: 'grace.hopper@navy.example',
  ipv4: 'from 203.0.113.77 with love',
  ipv6: 'from 2001:db8:85a3:0:0:8a2e:370:7334 with love',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  bearer: 'Authorization: Bearer abcdefgh12345678',
  basic: 'Basic dXNlcjpwYXNzd29yZA==',
  aws: 'AKIAIOSFODNN7EXAMPLE',
  google: 'AIzaSyA1234567890abcdefghijklmnopqrstuv',
  github: 'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
  slack: 'xoxb-123456789012-abcdefghijkl',
  stripe: 'sk_live_abcdefghijklmnopqrstuvwx',
  'private key': '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----',
  'url credentials': 'https://admin:hunter2secret@db.example/items',
  'query value': 'https://shop.test/?access_token=tellnobody99&page=2',
  assignment: 'password=tellnobody99',
  ssn: '078-05-1120',
}

const CORE: Record<string, string> = {
  ipv4: '203.0.113.77',
  ipv6: '2001:db8:85a3:0:0:8a2e:370:7334',
  bearer: 'abcdefgh12345678',
  basic: 'dXNlcjpwYXNzd29yZA',
  'private key': 'MIIEpAIBAAKCAQEA',
  'url credentials': 'hunter2secret',
  'query value': 'tellnobody99',
  assignment: 'tellnobody99',
}

const EVERYWHERE = (text: string): TestEvent => ({
  message: text,
  logentry: { message: text, formatted: text, params: [text] },
  transaction: text,
  tags: { note: text },
  extra: { note: text, list: [text, { deep: text }], [text]: 1 },
  contexts: { state: { note: text } },
  user: { id: '7', username: 'kept', data: { note: text } },
  request: { url: `https://shop.test/#${encodeURI('x')} ${text}`, headers: { 'X-Note': text }, query_string: text },
  breadcrumbs: [{ message: text, data: { note: text } }],
  exception: { values: [{ type: 'Error', value: text, mechanism: { type: 'onerror', data: { note: text } } }] },
  fingerprint: [text],
})

let service: TestService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const stored = async (event: TestEvent): Promise<string> => {
  const sent = errorEvent(event)
  expect((await service.post(service.envelopePath, envelope(sent))).status).toBe(200)
  await service.digest()
  expect(service.failures).toEqual([])
  const found = await service.stores.events.find(service.project.id, sent.event_id)
  return JSON.stringify(found)
}

describe('a secret', () => {
  test.each(Object.entries(PLANTED))('(%s) reaches the store in no field of an event', async (name, text) => {
    const kept = await stored(EVERYWHERE(text))
    expect(kept).toContain('[Filtered]')
    const isPersonal = ['email', 'ipv4', 'ipv6'].includes(name)
    // What clients say of a person stays with the person.
    const elsewhere = isPersonal ? kept.replace(/"user":\{.*?\}\}?,/, '') : kept
    expect(elsewhere).not.toContain((CORE[name] ?? text).replaceAll('\n', '\\n'))
  })

  test('named like one is masked whatever its value', async () => {
    const kept = await stored({ extra: { userPassword: 'plainvalue', 'X-Api-Key': 'plainvalue', ok: 'seen' } })
    expect(kept).not.toContain('plainvalue')
    expect(kept).toContain('seen')
  })
})

test.each([8189, 8192, 8197])('a password that the limit of a message cuts off leaves no beginning', async (at) => {
  const before = 'x'.repeat(at - 'https://admin:hunter2sec'.length - 1)
  const kept = await stored({ message: `${before} https://admin:hunter2secret@db.example/items` })
  expect(kept).not.toContain('hunt')
})

test('what only looks like a secret stays', async () => {
  const harmless = {
    version: 'Chrome/156.0.0.0 Safari/537.36',
    order: '4111 1111 1111 1112',
    release: 'shop@1.2.3-beta.rc',
    address: 'http://192.168.1.5:8080/app.js',
    uuid: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
    time: '2026-11-21T10:20:30.123Z',
    'address at the end': `${'x'.repeat(120)} http://localhost:3000`,
    code: 'DE00 3704 0044 0532 0130 00',
  }
  const kept = await stored({ extra: harmless, release: harmless.release })
  for (const text of Object.values(harmless)) expect(kept).toContain(text)
})

test('a project may mask more names, spare some, and keep no addresses', async () => {
  const path = '/api/0/projects/acme/shop/ingest-settings/'
  const answer = await service.request(path, {
    method: 'PUT',
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ secretNames: ['shoe_size'], safeNames: ['csrf'], ipAddresses: 'remove' }),
  })
  expect(answer.status).toBe(200)
  service.clock.now += 6000
  const kept = await stored({
    extra: { shoeSize: 'largefeet', csrf: 'visible' },
    user: { id: '7', ip_address: '203.0.113.9' },
  })
  expect(kept).not.toContain('largefeet')
  expect(kept).toContain('visible')
  expect(kept).not.toContain('203.0.113.9')
})

// A repeat without a bound lets hostile text cost the square of its length, or worse.
test.each([...SECRETS, ...PERSONAL])('the pattern for $name has bounded repeats only', ({ pattern, sign }) => {
  for (const { source } of [pattern, sign]) {
    const bare = source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/g, 'x')
    expect(bare).not.toMatch(/[*+]|\{\d+,\}/)
  }
})
