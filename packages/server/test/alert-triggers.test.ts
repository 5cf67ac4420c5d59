import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { alertsOf } from './alert-setup.ts'
import { uploadMismatch, uploadUnreadable } from './failing-uploads.ts'
import type { Mailer } from '../src/ports/mailer.ts'
import { errorEvent, newEventId, NOON, startService, type TestService } from './harness.ts'
import { startReceiver, type Receiver } from './receiver.ts'

const HOUR = 3_600_000

let receiver: Receiver
let service: TestService
let alerts: ReturnType<typeof alertsOf>
const mails: { subject: string; text: string }[] = []
const mailer: Mailer = {
  send: async ({ subject, text }) => {
    mails.push({ subject, text })
    return { ok: true, answer: 'taken' }
  },
  close: () => undefined,
}
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.close())
beforeEach(async () => {
  receiver.received.length = 0
  mails.length = 0
  service = await startService({ networks: ['127.0.0.0/8'], mailer })
  alerts = alertsOf(service)
})
afterEach(() => service.close())

const items = (...parts: [type: string, body: unknown][]): string =>
  ['{}', ...parts.flatMap(([type, body]) => [JSON.stringify({ type }), JSON.stringify(body)])].join('\n')

const post = async (body: string): Promise<void> => {
  expect((await service.post(service.envelopePath, body)).status).toBe(200)
}

let sessions = 0
const session = (status: string, environment = 'production') =>
  items([
    'session',
    {
      sid: (sessions += 1).toString(16).padStart(32, '0'),
      started: new Date(service.clock.now).toISOString(),
      status,
      attrs: { release: 'shop@2', environment },
    },
  ])

const vital = (lcp: number) =>
  items([
    'transaction',
    {
      type: 'transaction',
      transaction: '/cart',
      start_timestamp: NOON / 1000 - 1,
      timestamp: NOON / 1000,
      environment: 'production',
      measurements: { lcp: { value: lcp } },
    },
  ])

const UNREADABLE = '{}\n{"type":"event"}\n{not json'

interface Case {
  trigger: object
  conditions?: object[]
  /** Brings what is well within bounds, and then what is not. */
  happen: (step: 'calm' | 'bad') => Promise<void>
  why: string
}

const times = async (count: number, one: () => Promise<void>): Promise<void> => {
  for (let index = 0; index < count; index += 1) await one()
}

const CASES: Record<string, Case> = {
  'the share of sessions that do not end well': {
    trigger: { when: 'error-rate', percent: 19.5, minutes: 5, atLeast: 5 },
    conditions: [{ on: 'environment', pattern: 'prod*' }],
    happen: async (step) => {
      if (step === 'calm') await times(3, () => post(session('crashed', 'staging')))
      await times(8, () => post(session('ok')))
      if (step === 'bad') await times(4, () => post(session('errored')))
    },
    why: '20 % of 20 sessions within 5 minutes did not end well, more than 19.5 %',
  },
  'the share of sessions without a crash': {
    trigger: { when: 'crash-free', percent: 90, minutes: 60, atLeast: 5 },
    happen: async (step) => {
      await times(4, () => post(session('errored')))
      await times(step === 'bad' ? 2 : 4, () => post(session(step === 'bad' ? 'crashed' : 'ok')))
    },
    why: '85.71 % of 14 sessions within 60 minutes were free of crashes, less than 90 %',
  },
  'a web vital': {
    trigger: { when: 'web-vital', vital: 'lcp', above: 2500, minutes: 60, atLeast: 4 },
    conditions: [{ on: 'url', pattern: '/cart' }],
    happen: (step) => times(4, () => post(vital(step === 'bad' ? 4000 : 1000))),
    why: 'The 75th percentile of LCP is 3985 ms over 8 visits within 60 minutes, worse than 2500 ms',
  },
  'frames without a source': {
    trigger: { when: 'unresolved-frames', percent: 50, minutes: 60, atLeast: 3 },
    happen: async (step) => {
      const event = () => errorEvent({ message: newEventId(), timestamp: service.clock.now / 1000 })
      await alerts.report(...Array.from({ length: step === 'calm' ? 2 : 3 }, event))
    },
    why: '100 % of 5 frames within 60 minutes found no source',
  },
  'uploads that fail': {
    trigger: { when: 'failed-uploads', count: 2, minutes: 60 },
    happen: () => uploadMismatch(service),
    why: '2 uploads failed within 60 minutes',
  },
  'uploads with maps that cannot be read': {
    trigger: { when: 'failed-uploads', count: 2, minutes: 60 },
    happen: async (step) => {
      // However many of its maps, and sent again: one upload. What is known of a map holds for the next one.
      if (step === 'calm') await times(2, () => uploadUnreadable(service, ['a.map', 'cart.map']))
      else await uploadUnreadable(service, ['a.map'])
    },
    why: '2 uploads failed within 60 minutes',
  },
  'dead letters': {
    trigger: { when: 'dead-letters', count: 3, minutes: 60 },
    happen: (step) => times(step === 'calm' ? 2 : 1, () => post(UNREADABLE)),
    why: '3 dead letters within 60 minutes',
  },
  'the error budget': {
    trigger: { when: 'error-budget', rate: 3.9, hours: 6 },
    happen: async (step) => {
      await times(step === 'calm' ? 16 : 4, () => post(session(step === 'calm' ? 'ok' : 'crashed')))
    },
    why: 'The error budget goes 4 times as fast as it may, over 6 hours',
  },
}

const hook = (rule: Partial<Case>) => ({
  name: 'the project is unwell',
  trigger: rule.trigger,
  conditions: rule.conditions ?? [],
})

const addHookRule = async (rule: Partial<Case>) => {
  const channel = await alerts.addChannel({ kind: 'webhook', url: `${receiver.url}/hook` })
  await alerts.addRule({ ...hook(rule), steps: [{ afterMinutes: 0, channels: [Number(channel.id)] }] })
}

const settle = async (): Promise<void> => {
  await service.digest()
  await service.look()
  await service.send()
}

test.each(Object.keys(CASES))('%s: within bounds nobody is told, beyond them once, and why', async (name) => {
  const { happen, why, ...rule } = CASES[name]!
  await service.look()
  await service.stores.statistics.setObjective(service.project.id, {
    kind: 'crash-free-sessions',
    target: 0.95,
    windowDays: 28,
  })
  await addHookRule(rule)
  await happen('calm')
  await settle()
  expect(receiver.received).toEqual([])
  await happen('bad')
  await settle()
  await settle()
  expect(receiver.received).toHaveLength(1)
  expect(JSON.parse(receiver.received[0]!.body).data.alerts).toMatchObject([
    {
      issue: null,
      title: 'the project is unwell',
      why,
      link: 'http://foghorn.test/organizations/acme/projects/shop/alerts',
    },
  ])
  const [alert] = await alerts.alerts()
  expect(alert).toMatchObject({ issue: null, event: null, why, rule: { name: 'the project is unwell' } })
})

test('requests that wait are told of while nothing digests them, again in the next period', async () => {
  await addHookRule({ trigger: { when: 'inbox', count: 2, minutes: 10 } })
  await post(session('ok'))
  await post(session('ok'))
  const look = async (afterMinutes: number): Promise<number> => {
    service.clock.now = NOON + afterMinutes * 60_000
    await service.look()
    await service.send()
    return receiver.received.length
  }
  expect(await look(9)).toBe(0)
  expect(await look(10)).toBe(1)
  expect(await look(59)).toBe(1)
  expect(await look(60)).toBe(2)
  expect((await alerts.alerts())[0]).toMatchObject({
    why: '2 requests or more have waited in the inbox for 10 minutes',
  })
  await service.digest()
  expect(await look(180)).toBe(2)
})

test('frames are beside the day before, when a rule asks', async () => {
  await addHookRule({ trigger: { when: 'unresolved-frames', percent: 50, risenBy: 5, minutes: 60, atLeast: 2 } })
  const report = (count: number, frame: object) =>
    alerts.report(
      ...Array.from({ length: count }, () => ({
        timestamp: service.clock.now / 1000,
        exception: { values: [{ type: 'Error', value: 'x', stacktrace: { frames: [frame] } }] },
      })),
    )
  const unresolved = { filename: 'https://shop.test/app.js', lineno: 1, colno: 1 }
  await report(4, unresolved)
  service.clock.now += 24 * HOUR
  await report(4, unresolved)
  // What no map could resolve is no frame of these.
  await report(4, { filename: '<anonymous>', function: 'Array.map' })
  expect(await alerts.alerts()).toEqual([])
})

test('a share that rises beside the day before fires, one that was as high does not', async () => {
  const { readings } = service.stores
  const frames = (grade: number, quantity: number) => {
    const { now: at } = service.clock
    const reading = { projectId: service.project.id, kind: 'frames', at, receivedAt: at, grade, quantity } as const
    return readings.count([{ ...reading, tags: new Map() }])
  }
  await addHookRule({ trigger: { when: 'unresolved-frames', percent: 20, risenBy: 30, minutes: 60, atLeast: 10 } })
  await frames(0, 60)
  await frames(1, 40)
  service.clock.now += 2 * HOUR
  await frames(0, 40)
  await frames(1, 60)
  expect(await alerts.alerts()).toEqual([])
  service.clock.now += 2 * HOUR
  await frames(1, 100)
  expect(await alerts.alerts()).toMatchObject([
    { why: '100 % of 100 frames within 60 minutes found no source, against 50 % in the day before' },
  ])
})

test('what is about a project is told in the form of every channel', async () => {
  const { url } = receiver
  const targets: object[] = [
    { kind: 'email', to: ['ada@example.com'] },
    { kind: 'slack', url: `${url}/slack` },
    { kind: 'teams', url: `${url}/teams` },
    { kind: 'discord', url: `${url}/discord` },
    { kind: 'mattermost', url: `${url}/mattermost` },
    { kind: 'telegram', chatId: '1', token: '123456:ABCdefGHIjklMNOpqrSTUvwxYZ012345', apiUrl: url },
    { kind: 'pagerduty', routingKey: 'a'.repeat(32), apiUrl: url },
    { kind: 'opsgenie', apiKey: 'key', apiUrl: url },
    { kind: 'webhook', url: `${url}/hook` },
  ]
  const channels: number[] = []
  for (const target of targets) channels.push(Number((await alerts.addChannel(target)).id))
  await alerts.addRule({
    name: 'error @here *rate*',
    trigger: { when: 'error-rate', percent: 10, minutes: 5, atLeast: 1 },
    steps: [{ afterMinutes: 0, channels }],
  })
  await post(session('errored'))
  await service.digest()
  await service.send()
  const told = new Map(receiver.received.map(({ path, body }) => [path, body]))
  expect(told.size).toBe(8)
  const why = /100 ?\\?% of 1 session within 5 minutes did not end well/
  for (const [path, body] of told) {
    expect([path, body]).toEqual([path, expect.stringMatching(why)])
    expect(body).not.toContain('undefined')
    if (path !== '/hook') expect([path, body]).toEqual([path, expect.stringContaining('/projects/shop/alerts')])
  }
  for (const path of ['/slack', '/discord', '/mattermost', '/teams']) expect(told.get(path)).not.toContain('@here')
  const slack = JSON.parse(told.get('/slack')!)
  expect(slack.blocks[1].fields).toEqual([{ type: 'plain_text', text: 'Project: Shop' }])
  expect(JSON.parse(told.get('/v2/enqueue')!)).toMatchObject({
    dedup_key: expect.stringMatching(/^foghorn-rule-\d+$/),
    payload: { severity: 'error', source: 'shop' },
  })
  expect(mails).toMatchObject([{ subject: '[Shop] error @here *rate*', text: expect.stringMatching(why) }])

  const [alert] = await alerts.alerts()
  receiver.received.length = 0
  const change = (body: object) => alerts.ask('PUT', `/projects/acme/shop/alerts/${alert!.id}/`, body)
  expect((await change({ acknowledged: true })).status).toBe(204)
  expect((await change({ resolved: true })).status).toBe(204)
  expect((await change({ resolved: true })).status).toBe(404)
  expect((await change({ resolved: false })).status).toBe(400)
  await service.send()
  const paths = receiver.received.map(({ path, body }) =>
    path === '/v2/enqueue' ? JSON.parse(body).event_action : path.replace(/\?.*/, '').replace(/rule-\d+/, 'rule'),
  )
  expect(paths.toSorted()).toEqual([
    '/hook',
    '/hook',
    '/v2/alerts/foghorn-rule/acknowledge',
    '/v2/alerts/foghorn-rule/close',
    'acknowledge',
    'resolve',
  ])
})

test('a rule is about what its owners own', async () => {
  await service.stores.ownership.put(service.project.id, {
    raw: 'url:* #web\nurl:*/checkout* #shop ada@example.com',
    codeowners: '',
    autoAssign: false,
  })
  const channel = await alerts.addChannel({ kind: 'webhook', url: `${receiver.url}/hook` })
  const rule = {
    name: 'ours',
    trigger: { when: 'new-issue' },
    conditions: [{ on: 'owner', pattern: '#SHOP' }],
    steps: [{ afterMinutes: 0, channels: [Number(channel.id)] }],
  }
  await alerts.addRule(rule)
  const event = (message: string, path: string) => ({ message, request: { url: `https://shop.test/${path}` } })
  await alerts.report(event('apples', 'checkout/1'), event('pears', 'cart'), { message: 'plums' })
  await service.send()
  expect(receiver.received).toHaveLength(1)
  expect(JSON.parse(receiver.received[0]!.body).data.alerts[0].issue.title).toBe('apples')
  const trial = await alerts.ask('POST', '/projects/acme/shop/alert-rules/dry-run/', { rule, days: 1 })
  expect(await trial.json()).toMatchObject({ of: 'events', count: 3, alerts: [{ why: 'A new issue appeared' }] })
})

test('a rule is tried on sessions, frames and hours that are stored; where nothing is kept it says so', async () => {
  const dryRun = async (trigger: object): Promise<unknown> => {
    const rule = { name: 'x', trigger, steps: [{ afterMinutes: 0, channels: [1] }] }
    return (await alerts.ask('POST', '/projects/acme/shop/alert-rules/dry-run/', { rule, days: 2 })).json()
  }
  await times(3, () => post(session('ok')))
  await times(2, () => post(session('crashed')))
  await alerts.report(errorEvent(), errorEvent())
  service.clock.now += 2 * HOUR
  const rate = { percent: 30, minutes: 60, atLeast: 5 }
  expect(await dryRun({ when: 'error-rate', ...rate })).toMatchObject({
    of: 'sessions',
    count: 5,
    alerts: [{ issue: null, evidence: { percent: 40, of: 5 } }],
  })
  expect(await dryRun({ when: 'error-rate', ...rate, percent: 40 })).toMatchObject({ count: 5, alerts: [] })
  expect(await dryRun({ when: 'unresolved-frames', percent: 10, minutes: 60, atLeast: 2 })).toMatchObject({
    of: 'frames',
    count: 2,
    alerts: [{ evidence: { percent: 100 } }],
  })
  const budget = { when: 'error-budget', rate: 4, hours: 1 }
  expect(await dryRun(budget)).toEqual({ detail: expect.stringContaining('no error budget') })
  await service.stores.statistics.setObjective(service.project.id, {
    kind: 'crash-free-sessions',
    target: 0.9,
    windowDays: 28,
  })
  expect(await dryRun(budget)).toMatchObject({ of: 'hours', count: 48, alerts: [{ evidence: { hours: 1 } }] })
  expect(await dryRun({ when: 'inbox', count: 1, minutes: 1 })).toEqual({
    detail: expect.stringContaining('is not kept'),
  })
})

test('conditions that a trigger knows nothing of are refused with those that it takes', async () => {
  const ask = async (trigger: object, on: string) => {
    const rule = { name: 'x', trigger, conditions: [{ on, pattern: '*' }], steps: [{ afterMinutes: 0, channels: [1] }] }
    return (await alerts.ask('POST', '/projects/acme/shop/alert-rules/', rule)).text()
  }
  expect(await ask({ when: 'error-rate', percent: 1, minutes: 5, atLeast: 100 }, 'browser')).toContain(
    'of error-rate cannot be on browser: it takes conditions on environment, release only',
  )
  expect(await ask({ when: 'inbox', count: 1, minutes: 5 }, 'release')).toContain('it takes no conditions')
  const rule = {
    name: 'x',
    trigger: { when: 'inbox', count: 1, minutes: 5 },
    steps: [{ afterMinutes: 0, tickets: [1] }],
  }
  const answer = await alerts.ask('POST', '/projects/acme/shop/alert-rules/', rule)
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('only where the trigger names')])
})
