import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openExtensions } from '../src/extensions/extensions.ts'
import { createOpenSystem } from '../src/tickets/open-system.ts'
import { errorEvent, NOON, startService, type TestService } from './harness.ts'
import type { Answer } from './receiver.ts'
import type { Fake } from './ticket-servers/fake.ts'
import { PROVIDERS, ticketsOf } from './ticket-setup.ts'

const extensions = await openExtensions([], { networks: [] })

const MINUTE = 60_000

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
  service.clock.now = NOON
})
afterAll(() => service.close())

let nth = 0
const wanted = async (kind: keyof typeof PROVIDERS) => {
  fake = await PROVIDERS[kind]()
  nth += 1
  await tickets.report(errorEvent({ fingerprint: [`issue ${nth}`] }))
  const { id: issue } = await tickets.newest()
  const system = await tickets.connect(fake.target)
  await tickets.want(issue, system)
  return { issue, system }
}

const after = async (minutes: number): Promise<void> => {
  service.clock.now += minutes * MINUTE
  await service.workOnTickets()
}

const stateOf = async (issue: string) => (await tickets.tickets(issue))[0]!

const seconds = (at: number): string => String(at / 1000)

describe('what may pass is tried again, and makes one ticket', () => {
  test.each<[string, keyof typeof PROVIDERS, Answer | 'hang up']>([
    ['GitHub fails', 'github', { status: 502, body: '<html>Unicorn!</html>' }],
    ['GitHub hangs up', 'github', 'hang up'],
    ['GitHub does not know the token any more', 'github', { status: 401, body: '{"message":"Bad credentials"}' }],
    ['GitLab is down for maintenance', 'gitlab', { status: 503, headers: { 'retry-after': '20' } }],
    ['Jira answers a page', 'jira', { status: 200, body: '<!doctype html><title>Log in</title>' }],
    ['Jira Server cuts its answer off', 'jira-server', { status: 201, body: '{"id":"10000","ke' }],
    [
      'Linear fails in GraphQL',
      'linear',
      { status: 200, body: '{"errors":[{"message":"x","extensions":{"code":"INTERNAL_SERVER_ERROR"}}],"data":null}' },
    ],
    ['a program answers nothing', 'webhook', { status: 200 }],
  ])('%s', async (_what, kind, answer) => {
    const { issue } = await wanted(kind)
    fake.instead(() => answer)
    await service.workOnTickets()
    const failed = await stateOf(issue)
    expect(failed).toMatchObject({ state: 'wanted', problem: expect.stringMatching(/./) })
    const asked = fake.received.length
    await service.workOnTickets()
    expect(fake.received.length).toBe(asked)
    fake.well()
    await after(2)
    await after(2)
    expect([fake.tickets.size, (await stateOf(issue)).state]).toEqual([1, 'open'])
  })
})

describe('whoever says how long to wait is left alone for so long', () => {
  test.each<[string, keyof typeof PROVIDERS, Answer]>([
    [
      'GitHub, in the primary limit',
      'github',
      {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(NOON + 30 * MINUTE) },
        body: '{"message":"API rate limit exceeded"}',
      },
    ],
    ['GitHub, in the secondary limit', 'github', { status: 403, headers: { 'retry-after': '1800' } }],
    ['GitLab', 'gitlab', { status: 429, headers: { 'ratelimit-reset': seconds(NOON + 30 * MINUTE) } }],
    ['Jira', 'jira', { status: 429, headers: { 'retry-after': '1800' } }],
    [
      'Jira, by its newer header',
      'jira',
      { status: 429, headers: { 'x-ratelimit-reset': new Date(NOON + 30 * MINUTE).toISOString() } },
    ],
    [
      'Linear',
      'linear',
      {
        status: 400,
        headers: { 'x-ratelimit-requests-reset': String(NOON + 30 * MINUTE) },
        body: '{"errors":[{"message":"Rate limit exceeded","extensions":{"code":"RATELIMITED"}}]}',
      },
    ],
  ])('%s', async (_who, kind, answer) => {
    const { issue } = await wanted(kind)
    fake.instead(() => answer)
    await service.workOnTickets()
    const asked = fake.received.length
    fake.well()
    await after(29)
    expect(fake.received.length).toBe(asked)
    await after(1)
    await after(1)
    expect([fake.tickets.size, (await stateOf(issue)).state]).toEqual([1, 'open'])
  })
})

describe('what is refused is not tried again until somebody asks', () => {
  test.each<[string, keyof typeof PROVIDERS, Answer]>([
    ['no right', 'github', { status: 403, body: '{"message":"Resource not accessible by personal access token"}' }],
    ['no such repository', 'github', { status: 404, body: '{"message":"Not Found"}' }],
    ['issues turned off', 'github', { status: 410, body: '{"message":"Issues are disabled for this repo"}' }],
    ['not taken', 'github', { status: 422, body: '{"message":"Validation Failed"}' }],
    ['a redirect', 'gitlab', { status: 301, headers: { location: 'http://127.0.0.1:1/' } }],
    ['a field that the screen lacks', 'jira', { status: 400, body: '{"errors":{"description":"not on the screen"}}' }],
    [
      'forbidden in GraphQL',
      'linear',
      { status: 200, body: '{"errors":[{"message":"Forbidden","extensions":{"code":"FORBIDDEN"}}],"data":null}' },
    ],
  ])('%s', async (_why, kind, answer) => {
    const { issue, system } = await wanted(kind)
    fake.instead(() => answer)
    await service.workOnTickets()
    const asked = fake.received.length
    expect(await stateOf(issue)).toMatchObject({ state: 'refused', problem: expect.stringMatching(/./), key: null })
    await after(60)
    expect(fake.received.length).toBe(asked)
    expect(await tickets.feed(issue)).toEqual(['ticket_failed'])
    fake.well()
    expect((await tickets.want(issue, system)).status).toBe(202)
    await after(2)
    expect([fake.tickets.size, await stateOf(issue)]).toMatchObject([1, { state: 'open', problem: null }])
  })
})

test('what waits is done at once with credentials that are mended', async () => {
  const { issue, system } = await wanted('github')
  fake.instead(() => ({ status: 401, body: '{"message":"Bad credentials"}' }))
  for (let hour = 0; hour < 5; hour += 1) await after(60)
  fake.well()
  const path = `/organizations/acme/ticket-systems/${system.id}/`
  expect((await tickets.ask('PUT', path, { name: 'Mended', target: fake.target })).status).toBe(200)
  await service.workOnTickets()
  expect([fake.tickets.size, (await stateOf(issue)).system.name]).toEqual([1, 'Mended'])
})

test('a system that is dead holds up no other', async () => {
  const { issue } = await wanted('github')
  const dead = fake
  dead.instead(() => 'hang up')
  fake = await PROVIDERS.gitlab()
  await tickets.want(issue, await tickets.connect(fake.target))
  await service.workOnTickets()
  expect((await tickets.tickets(issue)).map(({ state }) => state)).toEqual(['wanted', 'open'])
  await dead.close()
})

test('a crash between making a ticket and noting it makes no second one', async () => {
  const { issue } = await wanted('github')
  const { made } = service.stores.ticketWork
  service.stores.ticketWork.made = async () => Promise.reject(new Error('killed'))
  const clerkOfBefore = service.newClerk()
  await expect(clerkOfBefore.send()).rejects.toThrow('killed')
  expect([fake.tickets.size, (await stateOf(issue)).state]).toEqual([1, 'wanted'])
  service.stores.ticketWork.made = made
  for (let turn = 0; turn < 3; turn += 1) await after(1)
  expect([fake.tickets.size, await stateOf(issue)]).toMatchObject([1, { state: 'open', key: '1' }])
})

test('who never answers is given up after a while', async () => {
  fake = await PROVIDERS.github()
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const open = createOpenSystem({ extensions, reaches: () => true, now: () => NOON, timeoutMs: 200 })
  const system = open({
    kind: 'github',
    repository: 'acme/shop',
    token: 't',
    apiUrl: `http://127.0.0.1:${port}`,
  })
  expect(await system.read('1')).toMatchObject({
    status: 'failed',
    answer: expect.stringContaining('no answer within'),
  })
  silent.closeAllConnections()
  await new Promise((resolve) => silent.close(resolve))
})

test.each(['http://127.0.0.1:9', 'http://169.254.169.254', 'http://[::ffff:10.0.0.1]', 'http://localhost:9'])(
  'nobody is led to %s by an address that people enter',
  async (apiUrl) => {
    fake = await PROVIDERS.github()
    const open = createOpenSystem({ extensions, now: () => NOON })
    const system = open({ kind: 'github', repository: 'acme/shop', token: 't', apiUrl })
    expect(await system.check()).toMatchObject({ status: 'failed', answer: expect.stringMatching(/no public address/) })
  },
)
