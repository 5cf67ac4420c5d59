import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FeedbackJson } from '../src/api/feedback-shapes.ts'
import { openExtensions } from '../src/extensions/extensions.ts'
import { alertsOf, newIssue } from './alert-setup.ts'
import { newEventId, startService, type TestEvent, type TestService } from './harness.ts'
import { startReceiver, type Receiver } from './receiver.ts'
import { ticketsOf } from './ticket-setup.ts'
import { everythingStored } from './main-store.ts'

const EXAMPLE = fileURLToPath(new URL('../examples/extension.mjs', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'foghorn-extensions-'))
let receiver: Receiver
let service: TestService | undefined
beforeAll(async () => {
  receiver = await startReceiver()
})
afterEach(async () => {
  await service?.close()
  service = undefined
  receiver.received.length = 0
  receiver.answer({ status: 200 })
})
afterAll(async () => {
  await receiver.close()
  rmSync(folder, { recursive: true })
})

const start = async (...extensions: string[]): Promise<TestService> =>
  (service = await startService({ extensions, networks: ['127.0.0.0/8'] }))

const write = (name: string, text: string): string => {
  const file = join(folder, `${name}.mjs`)
  writeFileSync(file, text)
  return file
}

interface EventJson {
  title: string
  tags: { key: string; value: string }[]
  contexts: Record<string, unknown>
  user: { id: string } | null
}

const read = async (running: TestService, id: string): Promise<EventJson> => {
  const answer = await running.read(`/api/0/projects/acme/shop/events/${id}/`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as EventJson
}

const report = async (running: TestService, event: TestEvent): Promise<string> => {
  const id = newEventId()
  await alertsOf(running).report({ ...event, event_id: id })
  return id
}

test('the example tells a program of its own, tags events, and masks what it knows to be secret', async () => {
  const running = await start(EXAMPLE)
  const { addChannel, addRule, deliveries } = alertsOf(running)
  const target = { kind: 'extension', notifier: 'shop/lines', settings: { url: `${receiver.url}/lines` } }
  const channel = await addChannel(target)
  expect(channel).toMatchObject({ kind: 'extension', summary: 'shop/lines' })
  await addRule(newIssue(channel))
  const id = await report(running, {
    message: 'No order of C-123456',
    user: { id: 'C-654321' },
    request: { url: 'https://shop.test/checkout/2' },
  })
  const event = await read(running, id)
  expect(event).toMatchObject({ title: 'No order of C-******', user: { id: 'C-******' } })
  expect(event.tags).toContainEqual({ key: 'area', value: 'checkout' })
  expect(event.contexts['shop']).toEqual({ area: 'checkout', path: '/checkout/2' })
  expect(await everythingStored(running.data)).not.toContain('C-123456')

  receiver.answer({ status: 503, headers: { 'retry-after': '60' } })
  await running.send()
  expect((await deliveries(channel))[0]).toMatchObject({ status: 'waiting', answer: '503' })
  receiver.answer({ status: 200 })
  running.clock.now += 60_000
  await running.send()
  const [delivery] = await deliveries(channel)
  expect(delivery).toMatchObject({ status: 'sent', attempts: 2 })
  expect(receiver.received.map(({ headers }) => headers['idempotency-key'])).toEqual([delivery!.key, delivery!.key])
  expect(receiver.received[1]!.body).toMatch(/^trigger: No order of C-\*{6} \(A new issue appeared\) http:\/\/foghorn/)
})

/** Feedback with a file of each type, as the inbox of feedback lists it, with the files' contents. */
const tell = async (running: TestService, text: string, files: Record<string, string>) => {
  const id = newEventId()
  const contexts = { feedback: { message: text, name: text, contact_email: text, url: `https://shop.test/${text}` } }
  const lines = Object.entries(files).flatMap(([content_type, payload]) => [
    JSON.stringify({ type: 'attachment', filename: `${text}.log`, content_type, length: payload.length }),
    payload,
  ])
  const told = ['{"type":"feedback"}', JSON.stringify({ event_id: id, contexts })]
  const body = [JSON.stringify({ event_id: id }), ...told, ...lines].join('\n')
  expect((await running.post(running.envelopePath, body)).status).toBe(200)
  await running.digest()
  const [feedback] = (await (await running.read('/api/0/projects/acme/shop/user-feedback/')).json()) as FeedbackJson[]
  const contents: Record<string, string> = {}
  for (const { id: file, mimetype } of feedback!.attachments) {
    const answer = await running.read(`/api/0/projects/acme/shop/events/${id}/attachments/${file}/`)
    contents[mimetype] = await answer.text()
  }
  return { ...feedback!, contents }
}

test('the example masks what visitors tell, and files of text that come along', async () => {
  const running = await start(EXAMPLE)
  const types = ['text/plain; charset=utf-8', 'application/json', 'application/problem+json', 'image/png']
  const files = Object.fromEntries(
    types.map((type) => [type, `"${type === 'image/png' ? 'picture' : 'C-123456'}" ${type}`]),
  )
  const told = await tell(running, 'C-123456', files)
  expect(told).toMatchObject({ comments: 'C-******', name: 'C-******', email: 'C-******' })
  expect(told.url).toBe('https://shop.test/C-******')
  expect(told.attachments.map(({ name }) => name)).toEqual(types.map(() => 'C-******.log'))
  expect(told.contents).toEqual(
    Object.fromEntries(Object.entries(files).map(([type, text]) => [type, text.replace('123456', '******')])),
  )
  expect(await everythingStored(running.data)).not.toContain('C-123456')
})

/** What a board would answer, and keep. */
const startBoard = () => {
  const cards: { key: string; marker: string; title: string; isClosed: boolean; url: string }[] = []
  receiver.answerBy(({ method, path, body }) => {
    const { pathname, searchParams } = new URL(path, 'http://board.test')
    const answer = (value: unknown) =>
      value === undefined ? { status: 404 } : { status: 200, body: JSON.stringify(value) }
    if (method === 'POST') {
      const key = `CARD-${cards.length + 1}`
      const { marker, title } = JSON.parse(body)
      cards.push({ key, marker, title, isClosed: false, url: `https://board.test/${key}` })
      return answer(cards.at(-1))
    }
    const marker = searchParams.get('marker')
    const card = cards.find(({ key, marker: own }) => own === marker || pathname.endsWith(`/${key}`))
    if (method === 'PATCH' && card) Object.assign(card, { isClosed: JSON.parse(body).isClosed ?? card.isClosed })
    return pathname === '/cards' && marker === null ? answer([]) : answer(card)
  })
  return cards
}

test('the example keeps tickets on a board, and follows them both ways', async () => {
  const running = await start(EXAMPLE)
  const { connect, newest, want, tickets, change, issue, ask } = ticketsOf(running)
  const cards = startBoard()
  const target = { kind: 'extension', system: 'shop/board', settings: { url: receiver.url } }
  const system = await connect(target)
  expect(system).toMatchObject({ kind: 'extension', summary: 'shop/board', secret: null })
  const check = await ask('POST', `/organizations/acme/ticket-systems/${system.id}/test/`)
  expect(await check.json()).toEqual({ status: 'done', answer: 'The board answers.' })
  await report(running, { message: 'apples' })
  const { id } = await newest()
  expect((await want(id, system)).status).toBeLessThan(300)
  await running.workOnTickets()
  expect(cards).toMatchObject([{ key: 'CARD-1', title: expect.stringContaining('apples'), isClosed: false }])
  expect(await tickets(id)).toMatchObject([{ key: 'CARD-1', url: 'https://board.test/CARD-1' }])
  await change(id, { status: 'resolved' })
  await running.workOnTickets()
  expect(cards[0]!.isClosed).toBe(true)
  for (const [isClosed, status] of [
    [false, 'unresolved'],
    [true, 'resolved'],
  ] as const) {
    cards[0]!.isClosed = isClosed
    running.clock.now += 24 * 3_600_000
    await running.workOnTickets()
    expect((await issue(id)).status).toBe(status)
  }
  expect(cards).toHaveLength(1)
})

test('a channel of an extension is refused with what is wrong', async () => {
  const running = await start(EXAMPLE)
  const add = async (target: object): Promise<string> => {
    const answer = await alertsOf(running).ask('POST', '/organizations/acme/channels/', {
      name: 'x',
      target: { kind: 'extension', ...target },
    })
    expect(answer.status).toBe(400)
    return answer.text()
  }
  expect(await add({ notifier: 'shop/lines', settings: { url: 'nowhere' } })).toContain(
    'settings.url must be an address',
  )
  expect(await add({ notifier: 'shop/pager' })).toContain('FOGHORN_EXTENSIONS gives: shop/lines.')
})

const HOSTILE = `
const act = (text) => {
  if (text.includes('throw')) throw new Error('thrown on purpose')
  if (text.includes('hang')) for (;;);
  if (text.includes('exit')) process.exit(1)
  if (text.includes('reject later')) setTimeout(() => Promise.reject(new Error('nobody listens')), 0)
  return text.includes('junk') ? 7 : text
}
export default {
  name: 'hostile',
  KIND
}`

const asEnricher = HOSTILE.replace(
  'KIND',
  `enrichers: { bad: { enrich: ({ message }) => ({ tags: { seen: act(message) } }) } }`,
)
const asMasker = HOSTILE.replace('KIND', `maskers: { bad: { mask: act } }`)
const asNotifier = HOSTILE.replace(
  'KIND',
  `notifiers: { bad: { notify: async ({ messages }) => act(messages[0].title) === 7 ? 7 : undefined } }`,
)

const FATES = ['throw', 'hang', 'exit', 'junk', 'reject later']

describe('an extension that fails', () => {
  test('as an enricher loses no event', async () => {
    const running = await start(write('enricher', asEnricher))
    for (const fate of [...FATES, 'calm']) {
      const id = await report(running, { message: `it is ${fate} today` })
      expect(await read(running, id)).toMatchObject({ title: `it is ${fate} today` })
    }
    expect(running.failures.map(({ error }) => String(error)).join('\n')).toContain('hostile: enricher bad: thrown')
  })

  test('as a masker loses no event, and keeps nothing that it has not looked at', async () => {
    const running = await start(write('masker', asMasker))
    for (const fate of FATES.slice(0, 4)) {
      const id = await report(running, { message: `it is ${fate} today`, extra: { note: `secret ${fate}` } })
      const event = await read(running, id)
      expect(event.title).toBe('[masker failed]')
      expect(JSON.stringify(event)).not.toMatch(/today|secret/)
    }
  })

  test('as a masker keeps nothing of feedback that it has not looked at', async () => {
    const running = await start(write('masker', asMasker))
    const told = await tell(running, 'throw', { 'text/plain': 'throw' })
    const { comments, name, email, url, contents } = told
    expect([comments, name, email, url, ...Object.values(contents)]).toEqual(Array(5).fill('[masker failed]'))
  })

  test('and hangs holds up no more than one event for a while', async () => {
    const running = await start(write('masker', asMasker))
    const events = Array.from({ length: 40 }, () => ({ message: 'it will hang today' }))
    await alertsOf(running).report(...events)
    const reasons = running.failures.map(({ error }) => String(error))
    expect(reasons).toHaveLength(40)
    expect(reasons.filter((reason) => reason.includes('no answer within')).length).toBeLessThan(4)
  })

  test('as a notifier is told again later', async () => {
    const running = await start(write('notifier', asNotifier))
    const { addChannel, addRule, deliveries } = alertsOf(running)
    const channel = await addChannel({ kind: 'extension', notifier: 'hostile/bad' })
    await addRule(newIssue(channel))
    await report(running, { message: 'throw' })
    await report(running, { message: 'junk' })
    await running.send()
    const answers = async () => (await deliveries(channel)).map(({ status, answer }) => [status, answer])
    expect(await answers()).toEqual([
      ['waiting', ''],
      ['waiting', 'hostile/bad: thrown on purpose'],
    ])
  })
})

test.each([
  ['is-not-there', undefined, 'Cannot find module'],
  ['breaks', 'export default {', 'Unexpected'],
  ['throws', 'throw new Error("no luck today")', 'no luck today'],
  ['exports-nothing', 'export const name = "x"', 'it has no default export'],
  ['has-no-name', 'export default {}', 'its name'],
  ['is-misspelt', 'export default { name: "x", notifers: {} }', 'its notifers is nothing that an extension has'],
  [
    'is-no-function',
    'export default { name: "x", maskers: { m: { mask: 7 } } }',
    'its maskers.m.mask must be a function',
  ],
  ['ends', 'process.exit(0)', 'it ended'],
])('a module that %s is refused before anything starts', async (name, text, message) => {
  const file = text === undefined ? join(folder, `${name}.mjs`) : write(name, text)
  await expect(openExtensions([file], { networks: [] })).rejects.toThrow(message)
})

test('two extensions of one name are refused', async () => {
  await expect(openExtensions([EXAMPLE, EXAMPLE], { networks: [] })).rejects.toThrow('Two extensions are named shop')
})
