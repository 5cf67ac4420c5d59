import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { errorEvent, startService, type TestService } from './harness.ts'
import type { Fake, FakeTicket } from './ticket-servers/fake.ts'
import { textsOfDocument } from './ticket-servers/jira.ts'
import { KINDS, PROVIDERS, ticketsOf } from './ticket-setup.ts'
import { bundleOf, DEBUG_ID, upload } from './upload.ts'

const MINUTE = 60_000

let service: TestService
let fake: Fake
let tickets: ReturnType<typeof ticketsOf>
beforeAll(async () => {
  service = await startService({ networks: ['127.0.0.0/8'] })
  tickets = ticketsOf(service)
  await upload(service, bundleOf())
})
afterEach(async () => {
  await tickets.disconnectAll()
  await fake.close()
  expect(fake.violations).toEqual([])
})
afterAll(() => service.close())

// Each test has an issue of its own.
let nth = 0

const start = async (kind: keyof typeof PROVIDERS): Promise<void> => {
  nth += 1
  fake = await PROVIDERS[kind]()
}

// What anybody can write into an event: mentions, references, commands, markup of each system, line breaks, marks that turn text.
const HOSTILE =
  '@admin #12 !3 [~ada] /close {noformat} ``` <b>&amp; [x](http://evil.test) *b* h1. a\r\n/assign @ada \u202Egpj.exe\u2066'

const URL_OF_SCRIPT = 'https://shop.test/static/app.js'

const fault = (value = 'no total', fields: object = {}) =>
  errorEvent({
    release: 'shop@2.0.0',
    fingerprint: [`issue ${nth}`],
    timestamp: service.clock.now / 1000,
    debug_meta: { images: [{ type: 'sourcemap', code_file: URL_OF_SCRIPT, debug_id: DEBUG_ID }] },
    exception: {
      values: [
        {
          type: 'Error',
          value,
          stacktrace: { frames: [{ filename: URL_OF_SCRIPT, function: 'f', lineno: 1, colno: 10 }] },
        },
      ],
    },
    ...fields,
  })

/** An issue with its stack as it is in the source, and a connected system. */
const prepare = async (kind: keyof typeof PROVIDERS, reactions: object = {}) => {
  await start(kind)
  await tickets.report(fault())
  const { id: issue, shortId } = await tickets.newest()
  return { issue, shortId, system: await tickets.connect(fake.target, reactions) }
}

const work = () => service.workOnTickets()

/** Time enough for any system to be asked again. */
const later = async (minutes = 2): Promise<void> => {
  service.clock.now += minutes * MINUTE
  await work()
}

const plain = (text: unknown): string =>
  typeof text === 'string' ? text : textsOfDocument(text as Parameters<typeof textsOfDocument>[0]).join('\n')

// Signs are escaped here and there; what is said is the same.
const words = (text: unknown): string => plain(text).replaceAll(/[\\\u200B]/g, '')

const the = (key: string | null) => fake.tickets.get(key!)!

const hook = async (system: { id: string; secret: string | null }, key: string): Promise<number> => {
  const secret = system.secret ?? (fake.target as { hookSecret: string }).hookSecret
  const { headers, body } = fake.hook(key, secret, service.clock.now)
  return (await service.post(`/api/0/ticket-hooks/${system.id}/`, body, headers)).status
}

describe.each(KINDS)('%s', (kind) => {
  test('gets one ticket for an issue, with its stack, and both follow each other', async () => {
    const { issue, shortId, system } = await prepare(kind)
    expect((await tickets.want(issue, system)).status).toBe(202)
    expect(await tickets.tickets(issue)).toMatchObject([{ state: 'wanted', key: null, url: null }])
    await work()
    const [ticket] = await tickets.tickets(issue)
    expect(ticket).toMatchObject({ state: 'open', title: 'Error: no total', problem: null })
    expect(ticket!.url).toMatch(/^https?:\/\//)
    const made = the(ticket!.key)
    expect(words(made.text)).toMatch(
      /Error: no total\n {4}at fail \(src\/source\.ts:2:3\)\n {7}> throw new Error\("x"\)/,
    )
    for (const said of ['Seen', '1 event, 0 users', 'shop@2.0.0', 'production'])
      expect(words(made.text)).toContain(said)
    expect(JSON.stringify(made.text)).toContain(`http://foghorn.test/organizations/acme/issues/${issue}`)
    expect((await tickets.want(issue, system)).status).toBe(409)

    await tickets.change(issue, { status: 'resolved', statusDetails: { note: 'fixed by hand' } })
    await work()
    expect([made.isClosed, made.comments.length]).toEqual([true, 1])
    expect(words(made.comments[0])).toContain(`${shortId} was resolved: fixed by hand`)

    service.clock.now += MINUTE
    await tickets.report(fault('no total', { release: 'shop@3.0.0' }))
    await work()
    expect([made.isClosed, made.comments.length]).toEqual([false, 2])
    expect(words(made.comments[1])).toContain(`${shortId} came back in release shop@3.0.0`)
    expect(await tickets.tickets(issue)).toMatchObject([{ state: 'open' }])

    made.isClosed = true
    expect(await hook(system, ticket!.key!)).toBe(202)
    await work()
    expect(await tickets.issue(issue)).toMatchObject({
      status: 'resolved',
      statusDetails: { note: `Closed in Tickets: ${ticket!.key}` },
    })
    made.isClosed = false
    expect(await hook(system, ticket!.key!)).toBe(202)
    await work()
    expect((await tickets.issue(issue)).status).toBe('unresolved')
    // Whoever did it there is not told of it there.
    const asked = fake.received.length
    await later(1)
    expect([fake.received.length - asked, made.comments.length, fake.tickets.size]).toEqual([0, 2, 1])
    expect(await tickets.feed(issue)).toEqual([
      'set_unresolved',
      'ticket_reopened',
      'set_resolved',
      'ticket_closed',
      'set_regression',
      'set_resolved',
      'ticket_created',
    ])
  })

  test('makes no second ticket when nobody hears that it made the first', async () => {
    const { issue, system } = await prepare(kind)
    await tickets.want(issue, system)
    let lost = 0
    fake.afterwards(() => {
      const isMade = fake.tickets.size > 0
      if (isMade) lost += 1
      return isMade ? 'hang up' : undefined
    })
    await work()
    expect([lost, fake.tickets.size, await tickets.tickets(issue)]).toMatchObject([1, 1, [{ state: 'wanted' }]])
    fake.well()
    await later()
    await later()
    expect(fake.tickets.size).toBe(1)
    const [key] = [...fake.tickets.keys()]
    expect(await tickets.tickets(issue)).toMatchObject([{ state: 'open', key, problem: null }])
  })

  test('says what it reaches, takes tickets that are there, by key or address, and lets them go', async () => {
    const { issue, system } = await prepare(kind)
    const tried = await tickets.ask('POST', `/organizations/acme/ticket-systems/${system.id}/test/`)
    expect(await tried.json()).toMatchObject({ status: 'done', answer: expect.stringMatching(/./) })
    const { key } = fake.add('An older one', 'text')
    const linked = await tickets.want(issue, system, fake.page(key))
    expect([linked.status, await linked.json()]).toMatchObject([201, { key, title: 'An older one', state: 'open' }])
    expect((await tickets.want(issue, system, key)).status).toBe(409)
    const [ticket] = await tickets.tickets(issue)
    expect((await tickets.ask('DELETE', `/organizations/acme/issues/${issue}/tickets/${ticket!.id}/`)).status).toBe(204)
    expect(await tickets.tickets(issue)).toEqual([])
    const wrong = await tickets.want(issue, system, key.replace(/\d+$/, '999'))
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('has no ticket')])
    expect(await tickets.feed(issue)).toEqual(['ticket_unlinked', 'ticket_linked'])
  })

  test('is looked at where no webhook tells, and a ticket that is gone does nothing', async () => {
    const { issue, system } = await prepare(kind)
    await tickets.want(issue, system)
    await work()
    const key = (await tickets.tickets(issue))[0]!.key!
    await later(6)
    const asked = fake.received.length
    await work()
    expect(fake.received.length).toBe(asked)
    the(key).isClosed = true
    await later(6)
    expect((await tickets.issue(issue)).status).toBe('resolved')
    fake.tickets.delete(key)
    await later(6)
    expect(await tickets.tickets(issue)).toMatchObject([{ state: 'gone' }])
    expect((await tickets.issue(issue)).status).toBe('resolved')
  })

  test('is sent nothing that acts in it', async () => {
    await start(kind)
    const system = await tickets.connect(fake.target)
    await tickets.report(fault(HOSTILE, { tags: { x: HOSTILE } }))
    const { id: issue } = await tickets.newest()
    await tickets.want(issue, system)
    await work()
    await tickets.change(issue, { status: 'resolved', statusDetails: { note: HOSTILE } })
    await work()
    const [ticket] = [...fake.tickets.values()] as [FakeTicket]
    expect(ticket.comments).toHaveLength(1)
    for (const text of [ticket.title, ticket.text, ticket.comments[0]]) {
      expect(plain(text)).not.toMatch(/[\u202A-\u202E\u2066-\u2069\r]/)
      expect(plain(text)).not.toMatch(/^\/(?:close|assign)/m)
    }
    const outsideCode = (text: unknown): string => plain(text).replaceAll(/(`{3,})\n[^]*?\n\1/g, '')
    if (kind === 'github' || kind === 'gitlab' || kind === 'linear')
      for (const text of [outsideCode(ticket.text), outsideCode(ticket.comments[0])])
        expect(text).not.toMatch(/@(?:admin|ada)|#12|(?<!\\)<b>|(?<!\\)\[x\]|!3/)
    // Programs get the words as they are.
    if (kind !== 'webhook') expect(ticket.title).not.toMatch(/@(?:admin|ada)|#12|!3/)
    if (kind === 'jira-server') {
      expect(plain(ticket.text).match(/\{noformat\}/g)).toHaveLength(2)
      expect(plain(ticket.comments[0])).not.toMatch(/(?<!\\)\[~ada|\{noformat\}/)
    }
  })
})
