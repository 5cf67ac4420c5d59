import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { errorEvent, startService, type TestService } from './harness.ts'
import type { Fake } from './ticket-servers/fake.ts'
import { KINDS, PROVIDERS, ticketsOf } from './ticket-setup.ts'

let service: TestService
let fake: Fake
let tickets: ReturnType<typeof ticketsOf>
beforeAll(async () => {
  service = await startService({ networks: ['127.0.0.0/8'] })
  tickets = ticketsOf(service)
})
afterEach(async () => {
  await tickets.disconnectAll()
  await fake.close()
  expect(fake.violations).toEqual([])
})
afterAll(() => service.close())

let nth = 0
/** An issue with an open ticket. */
const open = async (kind: keyof typeof PROVIDERS) => {
  fake = await PROVIDERS[kind]()
  nth += 1
  await tickets.report(errorEvent({ fingerprint: [`issue ${nth}`] }))
  const { id: issue } = await tickets.newest()
  const system = await tickets.connect(fake.target)
  await tickets.want(issue, system)
  await service.workOnTickets()
  const [ticket] = [...fake.tickets.values()]
  const secret = system.secret ?? (fake.target as { hookSecret: string }).hookSecret
  return { issue, system, secret, ticket: ticket! }
}

const send = async (
  system: { id: string },
  { headers, body }: { headers: Record<string, string>; body: string },
  query = '',
): Promise<number> => (await service.post(`/api/0/ticket-hooks/${system.id}/${query}`, body, headers)).status

const statusOf = async (issue: string): Promise<string> => (await tickets.issue(issue)).status

describe.each(KINDS)('a request of %s', (kind) => {
  test('that does not prove where it comes from does nothing', async () => {
    const { issue, system, secret, ticket } = await open(kind)
    ticket.isClosed = true
    const { now } = service.clock
    const asked = fake.received.length
    const good = fake.hook(ticket.key, secret, now)
    const other = kind === 'webhook' ? `whsec_${Buffer.from('f'.repeat(32)).toString('base64')}` : 'another secret'
    const none = Object.keys(good.headers).filter((name) => !/signature|token/.test(name))
    const signature = Object.keys(good.headers).find((name) => /signature|token/.test(name))!
    for (const bad of [
      fake.hook(ticket.key, other, now),
      { body: good.body, headers: Object.fromEntries(none.map((name) => [name, good.headers[name]!])) },
      { body: good.body, headers: { ...good.headers, [signature]: '' } },
      { body: good.body, headers: { ...good.headers, [signature]: good.headers[signature]!.slice(0, -1) } },
      ...(kind === 'gitlab' ? [] : [{ ...good, body: good.body.replace(/.$/, ' }') }]),
    ])
      expect(await send(system, bad)).toBe(401)
    expect(await send({ id: '999999' }, good)).toBe(401)
    await service.workOnTickets()
    expect([fake.received.length - asked, await statusOf(issue)]).toEqual([0, 'unresolved'])
  })

  test('is a hint to look, so that repeated, late and wrong ones do no harm', async () => {
    const { issue, system, secret, ticket } = await open(kind)
    const hook = () => fake.hook(ticket.key, secret, service.clock.now)
    const first = hook()
    const asked = fake.received.length
    for (let time = 0; time < 20; time += 1) expect(await send(system, first)).toBe(202)
    await service.workOnTickets()
    // It says closed, and is not.
    expect([fake.received.length - asked, await statusOf(issue)]).toEqual([1, 'unresolved'])
    ticket.isClosed = true
    expect(await send(system, hook())).toBe(202)
    await service.workOnTickets()
    expect(await statusOf(issue)).toBe('resolved')
    const before = (await tickets.feed(issue)).length
    for (let time = 0; time < 3; time += 1) {
      expect(await send(system, hook())).toBe(202)
      await service.workOnTickets()
    }
    expect((await tickets.feed(issue)).length).toBe(before)
    expect(await send(system, fake.hook(ticket.key.replace(/\d+$/, '4711'), secret, service.clock.now))).toBe(202)
  })
})

test.each(['linear', 'webhook'] as const)('a request of %s counts for a few minutes', async (kind) => {
  const { system, secret, ticket } = await open(kind)
  const old = fake.hook(ticket.key, secret, service.clock.now)
  service.clock.now += 6 * 60_000
  expect(await send(system, old)).toBe(401)
})

test('a Jira of one’s own that cannot sign has the secret in the address; Jira in the cloud does not', async () => {
  const { issue, system, secret, ticket } = await open('jira-server')
  const { body } = fake.hook(ticket.key, secret, service.clock.now)
  ticket.isClosed = true
  expect(await send(system, { body, headers: {} }, '?secret=no')).toBe(401)
  expect(await send(system, { body, headers: {} }, `?secret=${secret}`)).toBe(202)
  await service.workOnTickets()
  expect(await statusOf(issue)).toBe('resolved')
  const cloud = await tickets.connect({ ...fake.target, kind: 'jira', email: 'ada@acme.test' })
  expect(await send(cloud, { body, headers: {} }, `?secret=${cloud.secret}`)).toBe(401)
})

test('a signed request about another repository, or of another form, is taken and means nothing', async () => {
  const { system, secret, ticket } = await open('github')
  const asked = fake.received.length
  const signed = (body: string) => ({
    body,
    headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` },
  })
  const other = { issue: { number: Number(ticket.key) }, repository: { full_name: 'acme/other' } }
  for (const body of [JSON.stringify(other), '{"zen":"Keep it logically awesome.","hook_id":1}', 'no json', ''])
    expect(await send(system, signed(body))).toBe(202)
  await service.workOnTickets()
  expect(fake.received.length).toBe(asked)
  expect(await send(system, signed('x'.repeat(2 * 1024 * 1024 + 1)))).toBe(413)
})
