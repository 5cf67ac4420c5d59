// The secrets of channels and ticket systems, and those of events in what people are told.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '../src/log.ts'
import type { Mail } from '../src/ports/mailer.ts'
import { alertsOf, newIssue } from './alert-setup.ts'
import { startService, type TestService } from './harness.ts'
import { MARK, revealed, revealing, walkAll } from './planted.ts'
import { type Receiver, startReceiver } from './receiver.ts'
import { ticketsOf } from './ticket-setup.ts'

let receiver: Receiver
let service: TestService
let mails: Mail[]
let owner: Record<string, string>
beforeEach(async () => {
  mails = []
  receiver = await startReceiver()
  const send = async (mail: Mail) => {
    mails.push(mail)
    return { ok: true as const, answer: 'sent' }
  }
  service = await startService({ networks: ['127.0.0.0/8'], mailer: { send, close: () => undefined } })
  owner = await service.logInAs('owner@acme.test', 'owner')
})
afterEach(async () => {
  await service.close()
  await receiver.close()
})

const channels = () => {
  const at = (path: string): string => `${receiver.url}${path}`
  return [
    {
      kind: 'webhook',
      url: at(`/hook/${MARK}`),
      secret: `whsec_${Buffer.from(`${MARK}-webhook-signing`).toString('base64')}`,
    },
    { kind: 'slack', url: at(`/services/T/B/${MARK}`) },
    { kind: 'teams', url: at(`/teams?sig=${MARK}`) },
    { kind: 'discord', url: at(`/api/webhooks/1/${MARK}`) },
    { kind: 'mattermost', url: at(`/hooks/${MARK}`) },
    { kind: 'telegram', chatId: '1', token: `1:${MARK}_${'x'.repeat(20)}`, apiUrl: at('') },
    { kind: 'pagerduty', routingKey: `${MARK}${'0'.repeat(32 - MARK.length)}`, apiUrl: at('') },
    { kind: 'opsgenie', apiKey: MARK, apiUrl: at('') },
  ]
}

/** All of a file, as text or as what base64 would make of the mark. */
const filesThatReveal = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .filter(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name))
      return [MARK, Buffer.from(MARK).toString('base64').slice(0, 16)].some((text) => bytes.includes(text))
    })
    .map(({ name }) => name)

test('credentials of channels are in no answer, no log line and no file, even when the other side repeats them', async () => {
  const { addChannel, addRule, report, deliveries } = alertsOf(service)
  receiver.answerBy(({ path, headers, body }) => ({ status: 400, body: JSON.stringify({ path, headers, body }) }))
  const added = []
  for (const target of channels()) added.push(await addChannel(target, target.kind))
  await addRule(newIssue(...added))
  await report({ message: 'told' })
  await service.send()
  expect(receiver.received.length).toBeGreaterThanOrEqual(added.length)
  const lines: string[] = []
  const log = createLog('json', { write: (line: string) => void lines.push(line) })
  for (const { error } of service.failures) log.error({ err: error }, 'failed')
  const told = []
  for (const channel of added) told.push(JSON.stringify(await deliveries(channel)))
  const answers = []
  for (const { id } of added)
    answers.push(...(await walkAll(service, { ids: { channel: id, issue: '1' }, headers: owner })))
  expect(told.filter((text) => text.includes('[Filtered]'))).toHaveLength(added.length)
  expect(revealed([...told, ...answers, ...lines])).toEqual([])
  expect(filesThatReveal(service.data)).toEqual([])
})

test('credentials of ticket systems are in no answer and no file, even when the other side repeats them', async () => {
  const { connect, report, newest, want, tickets } = ticketsOf(service)
  receiver.answerBy(({ headers }) => ({ status: 401, body: JSON.stringify({ message: headers.authorization }) }))
  const at = { url: receiver.url, project: 'SHOP', token: `${MARK}-token`, hookSecret: `${MARK}-hook-secret` }
  const systems = [
    await connect({
      kind: 'github',
      repository: 'acme/shop',
      token: at.token,
      apiUrl: receiver.url,
      hookSecret: at.hookSecret,
    }),
    await connect({ kind: 'jira', ...at, email: 'ada@acme.test' }),
  ]
  await report({ message: 'told' })
  const { id } = await newest()
  for (const system of systems) expect((await want(id, system)).status).toBe(202)
  await service.workOnTickets()
  expect(receiver.received.length).toBeGreaterThan(0)
  expect(JSON.stringify(await tickets(id))).toContain('[Filtered]')
  const answers = []
  for (const system of systems)
    answers.push(...(await walkAll(service, { ids: { system: system.id, issue: id }, headers: owner })))
  expect(revealed(answers)).toEqual([])
  expect(filesThatReveal(service.data)).toEqual([])
})

test('secrets of an event are in no mail and no message about it', async () => {
  const { addChannel, addRule, report } = alertsOf(service)
  const harmless = channels().map((target) =>
    JSON.parse(JSON.stringify(target).replaceAll(MARK, 'a'.repeat(MARK.length))),
  )
  const added = [await addChannel({ kind: 'email', to: ['ada@example.com'] })]
  for (const target of harmless) added.push(await addChannel(target))
  await addRule(newIssue(...added))
  await report(revealing())
  await service.send()
  expect([mails.length, receiver.received.length]).toEqual([1, harmless.length])
  expect(
    revealed([...mails.map((mail) => JSON.stringify(mail)), ...receiver.received.map(({ body }) => body)]),
  ).toEqual([])
})
