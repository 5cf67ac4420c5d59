import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alertsOf, newIssue } from './alert-setup.ts'
import { newEventId, NOON, startService, type TestService } from './harness.ts'
import { startReceiver, type Receiver } from './receiver.ts'
import { everythingStored } from './main-store.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let service: TestService
let receiver: Receiver
let alerts: ReturnType<typeof alertsOf>
beforeEach(async () => {
  receiver = await startReceiver()
  service = await startService({ networks: ['127.0.0.0/8'] })
  alerts = alertsOf(service)
})
afterEach(async () => {
  await service.close()
  await receiver.close()
})

const hook = () => ({ kind: 'webhook', url: `${receiver.url}/hook` })
const message = (text: string) => ({ message: text, event_id: newEventId() })
const keys = () => receiver.received.map(({ headers }) => headers['webhook-id'])
const titles = (): string[][] =>
  receiver.received.map(({ body }) =>
    JSON.parse(body).data.alerts.map(({ issue }: { issue: { title: string } }) => issue.title),
  )

describe('a receiver that fails', () => {
  test.each([
    ['answers 500', { status: 500, body: 'oops' }, '500 oops'],
    ['hangs up', 'hang up', 'socket hang up'],
    ['is asked too often', { status: 429, headers: { 'retry-after': '120' } }, '429'],
  ] as const)('because it %s is told later, under the same key', async (_how, answer, reason) => {
    const channel = await alerts.addChannel(hook())
    await alerts.addRule(newIssue(channel))
    await alerts.report(message('apples'))
    receiver.answer(answer)
    await service.send()
    await service.send()
    expect(receiver.received).toHaveLength(1)
    const [failed] = await alerts.deliveries(channel)
    expect(failed).toMatchObject({ status: 'waiting', attempts: 1, answer: expect.stringContaining(reason) })
    receiver.answer({ status: 204 })
    service.clock.now += 2 * MINUTE
    await service.send()
    expect(new Set(keys())).toEqual(new Set([failed!.key]))
    expect((await alerts.deliveries(channel))[0]).toMatchObject({ status: 'sent', attempts: 2 })
  })

  test.each([
    ['header', { headers: { 'retry-after': '1800' } }],
    ['body, as Telegram does', { body: '{"ok":false,"error_code":429,"parameters":{"retry_after":1800}}' }],
    [
      'body, as Discord does',
      { body: '{"message":"You are being rate limited.","retry_after":1800.0,"global":false}' },
    ],
    ['header, as a date', { headers: { 'retry-after': new Date(NOON + 30 * MINUTE).toUTCString() } }],
  ])('says itself how long to wait, in the %s', async (_where, answer) => {
    await alerts.addRule(newIssue(await alerts.addChannel(hook())))
    await alerts.report(message('apples'))
    receiver.answer({ status: 429, ...answer })
    await service.send()
    service.clock.now += 29 * MINUTE
    await service.send()
    expect(receiver.received).toHaveLength(1)
    service.clock.now += MINUTE
    await service.send()
    expect(receiver.received).toHaveLength(2)
  })

  test('is left alone longer each time, and told all in order when it is back', async () => {
    await alerts.addRule(newIssue(await alerts.addChannel(hook())))
    await alerts.report(message('apples'), message('pears'))
    receiver.answer({ status: 503 })
    const askedAt: number[] = []
    for (let minute = 0; minute < 30; minute += 1) {
      const before = receiver.received.length
      await service.send()
      if (receiver.received.length > before) askedAt.push(minute)
      service.clock.now += MINUTE
    }
    const waits = askedAt.slice(1).map((minute, index) => minute - askedAt[index]!)
    expect(askedAt.length).toBeLessThan(12)
    expect(waits.at(-1)!).toBeGreaterThan(waits[0]!)
    receiver.answer({ status: 200 })
    receiver.received.length = 0
    service.clock.now += HOUR
    await service.send()
    expect(titles()).toEqual([['apples'], ['pears']])
  })

  test('for good is a dead letter, which can be told again', async () => {
    const channel = await alerts.addChannel(hook())
    await alerts.addRule(newIssue(channel))
    await alerts.report(message('apples'), message('pears'))
    receiver.answer({ status: 410, body: 'this hook is gone' })
    await service.send()
    const dead = await alerts.deliveries(channel)
    expect(dead.map(({ status, answer }) => [status, answer])).toEqual([
      ['dead', '410 this hook is gone'],
      ['dead', '410 this hook is gone'],
    ])
    receiver.answer({ status: 200 })
    const path = `/organizations/acme/channels/${channel.id}/deliveries/${dead[0]!.id}/replay/`
    expect((await alerts.ask('POST', path)).status).toBe(202)
    await service.send()
    expect(keys().at(-1)).toBe(dead[0]!.key)
    expect((await alerts.deliveries(channel))[0]).toMatchObject({ status: 'sent' })
    expect((await alerts.ask('POST', path)).status).toBe(404)
  })
})

test('a service that ends finishes the delivery that it has begun, and begins no other', async () => {
  const channel = await alerts.addChannel(hook())
  await alerts.addRule(newIssue(channel))
  await alerts.report(message('apples'), message('pears'))
  receiver.answerBy(() => {
    service.stopSending()
    return { status: 200 }
  })
  await service.send()
  expect(titles()).toEqual([['apples']])
  expect((await alerts.deliveries(channel)).map(({ status }) => status)).toEqual(['waiting', 'sent'])
})

describe('who is told when', () => {
  const tellsAt = async (minutes: number): Promise<void> => {
    service.clock.now = NOON + minutes * MINUTE
    await service.send()
  }

  test('others hear of it when nobody acknowledges, and nobody else once somebody has', async () => {
    const [first, second] = [await alerts.addChannel(hook(), 'first'), await alerts.addChannel(hook(), 'second')]
    await alerts.addRule({
      ...newIssue(first),
      steps: [
        { afterMinutes: 0, channels: [Number(first.id)] },
        { afterMinutes: 15, channels: [Number(second.id)] },
      ],
    })
    await alerts.report(message('apples'), message('pears'))
    await tellsAt(14)
    expect(titles()).toEqual([['apples'], ['pears']])
    const pears = (await alerts.alerts())[0]!
    await alerts.ask('PUT', `/projects/acme/shop/alerts/${pears.id}/`, { acknowledged: true })
    receiver.received.length = 0
    await tellsAt(16)
    const told = receiver.received.filter(({ body }) => JSON.parse(body).type === 'alert.trigger')
    expect(told.map(({ body }) => JSON.parse(body).data.alerts[0].issue.title)).toEqual(['apples'])
    expect((await alerts.deliveries(second)).map(({ status }) => status)).toEqual(['cancelled', 'sent'])
  })

  test('nobody is woken in quiet hours, in the time zone that was chosen', async () => {
    // It is noon in UTC, 13:00 in Berlin, in November.
    const quiet = { from: '12:30', to: '13:20', timeZone: 'Europe/Berlin' }
    await alerts.addRule({ ...newIssue(await alerts.addChannel(hook())), quiet })
    await alerts.report(message('apples'))
    await tellsAt(19)
    expect(receiver.received).toHaveLength(0)
    await tellsAt(20)
    expect(titles()).toEqual([['apples']])
  })

  test('a digest tells what was collected together', async () => {
    await alerts.addRule({ ...newIssue(await alerts.addChannel(hook())), digest: 'hour' })
    await alerts.report(message('apples'))
    service.clock.now += 30 * MINUTE
    await alerts.report(message('pears'))
    await tellsAt(59)
    expect(receiver.received).toHaveLength(0)
    await tellsAt(60)
    expect(titles()).toEqual([['apples', 'pears']])
  })

  test('what fires while a rule is muted is kept, and nobody is told', async () => {
    const rule = await alerts.addRule(newIssue(await alerts.addChannel(hook())))
    const until = new Date(NOON + HOUR).toISOString()
    await alerts.ask('PUT', `/projects/acme/shop/alert-rules/${rule.id}/mute/`, { until })
    await alerts.report(message('apples'))
    await tellsAt(90)
    await alerts.report(message('pears'))
    await tellsAt(91)
    expect(await alerts.alerts()).toHaveLength(2)
    expect(titles()).toEqual([['pears']])
  })
})

describe('a rule', () => {
  test('counts only the events that it is about', async () => {
    await alerts.addRule({
      ...newIssue(await alerts.addChannel(hook())),
      conditions: [
        { on: 'environment', pattern: 'prod*' },
        { on: 'tag', tag: 'plan', pattern: 'free', negated: true },
      ],
    })
    await alerts.report(
      { ...message('apples'), environment: 'staging' },
      { ...message('pears'), environment: 'production', tags: { plan: 'free' } },
      { ...message('plums'), environment: 'production', tags: { plan: 'paid' } },
    )
    await service.send()
    expect(titles()).toEqual([['plums']])
  })

  test('tells of a resolved issue that comes back', async () => {
    const channel = await alerts.addChannel(hook())
    await alerts.addRule({ ...newIssue(channel), name: 'back', trigger: { when: 'regression' } })
    await alerts.report(message('apples'))
    const [issue] = (await (await service.read('/api/0/projects/acme/shop/issues/?query=')).json()) as { id: string }[]
    await alerts.ask('PUT', `/organizations/acme/issues/${issue!.id}/`, { status: 'resolved' })
    await alerts.report(message('apples'), message('apples'))
    await service.send()
    expect(JSON.parse(receiver.received[0]!.body).data.alerts).toMatchObject([
      { rule: 'back', why: 'A resolved or archived issue came back' },
    ])
    expect(receiver.received).toHaveLength(1)
  })

  test('tells which commit is suspected, and where the error was thrown', async () => {
    await alerts.addRule(newIssue(await alerts.addChannel(hook())))
    const commit = {
      id: 'a'.repeat(40),
      message: 'Round the total\n\nMore about it',
      author_name: 'Ada',
      author_email: 'ada@acme.test',
      timestamp: new Date(NOON - HOUR).toISOString(),
      patch_set: [{ path: 'src/cart/total.ts', type: 'M' }],
    }
    await alerts.ask('POST', '/organizations/acme/releases/', {
      version: 'shop@2',
      projects: ['shop'],
      commits: [commit],
    })
    const frames = [{ filename: 'src/cart/total.ts', function: 'total', lineno: 3, colno: 7, in_app: true }]
    await alerts.report({
      release: 'shop@2',
      exception: { values: [{ type: 'Error', value: 'no total', stacktrace: { frames } }] },
    })
    await service.send()
    expect(JSON.parse(receiver.received[0]!.body).data.alerts[0].issue).toMatchObject({
      culprit: 'total (src/cart/total.ts)',
      suspectCommit: 'aaaaaaaa by Ada: Round the total',
    })
  })

  test('is tried on what is stored, and that is what it would have told', async () => {
    const rule = {
      ...newIssue(await alerts.addChannel(hook())),
      trigger: { when: 'events', count: 3, minutes: 5, of: 'issue' },
    }
    await alerts.report(...Array.from({ length: 7 }, (_, index) => message(index % 2 === 0 ? 'apples' : 'pears')))
    const trial = await alerts.ask('POST', '/projects/acme/shop/alert-rules/dry-run/', { rule, days: 1 })
    expect(await trial.json()).toMatchObject({
      of: 'events',
      count: 7,
      isCut: false,
      alerts: [{ evidence: { events: 4, minutes: 5 } }, { evidence: { events: 3, minutes: 5 } }],
    })
    expect(await alerts.alerts()).toEqual([])
  })

  test('of channels that do not exist is refused, as is one that cannot fire', async () => {
    const channel = await alerts.addChannel(hook())
    const ask = (rule: object) => alerts.ask('POST', '/projects/acme/shop/alert-rules/', rule)
    const unknown = await ask(newIssue({ id: '99' }))
    expect([unknown.status, await unknown.text()]).toEqual([400, expect.stringContaining('no channel 99')])
    expect(
      (await ask({ ...newIssue(channel), trigger: { when: 'events', count: 0, minutes: 5, of: 'issue' } })).status,
    ).toBe(400)
    expect((await ask({ ...newIssue(channel), quiet: { from: '8:00', to: '25:00', timeZone: 'Mars' } })).status).toBe(
      400,
    )
  })
})

describe('what is secret of a channel', () => {
  test('is never shown again, lies sealed in the store, and is gone with its key', async () => {
    const channel = await alerts.addChannel({ kind: 'slack', url: `${receiver.url}/services/T0/B0/planted-secret` })
    await alerts.addRule(newIssue(channel))
    const list = await (await alerts.ask('GET', '/organizations/acme/channels/')).text()
    expect(list).toContain(new URL(receiver.url).host)
    const failing = await alerts.ask('PUT', `/organizations/acme/channels/${channel.id}/`, {
      name: 'x',
      target: { kind: 'slack' },
    })
    expect(`${list} ${await failing.text()} ${JSON.stringify(channel)}`).not.toContain('planted-secret')
    expect(await everythingStored(service.data)).not.toContain('planted-secret')
    const key = join(service.data, 'secret.key')
    expect(statSync(key).mode & 0o777).toBe(0o600)
    const { openVault } = await import('../src/vault.ts')
    const sealed = service.stores.vault.seal('text')
    expect(openVault(service.data).open(sealed)).toBe('text')
    expect(openVault(service.data, 'another key of the operator').open(sealed)).toBeUndefined()
    expect(service.stores.vault.open(`${sealed.slice(0, -2)}AA`)).toBeUndefined()
  })
})

test('a channel can be tried, and the answer is shown', async () => {
  const channel = await alerts.addChannel(hook())
  receiver.answer({ status: 404, body: 'no such hook' })
  const tried = await alerts.ask('POST', `/organizations/acme/channels/${channel.id}/test/`)
  expect(await tried.json()).toEqual({ status: 'refused', answer: '404 no such hook' })
  expect(JSON.parse(receiver.received[0]!.body).type).toBe('alert.test')
})
