import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { smtpMailer } from '../src/adapters/smtp/mailer.ts'
import { alertsOf, newIssue } from './alert-setup.ts'
import { errorEvent, startService, type TestService } from './harness.ts'

interface Arrived {
  to: string[]
  mail: Email
}

/** A mail server that takes everything but mails to nobody@. */
const startMailServer = async () => {
  const arrived: Arrived[] = []
  const state = { isBusy: false }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      if (state.isBusy) return done(Object.assign(new Error('try again later'), { responseCode: 451 }))
      if (address.startsWith('nobody@')) return done(Object.assign(new Error('no such person'), { responseCode: 550 }))
      done()
    },
    onData: async (stream, { envelope }, done) => {
      const parts: Buffer[] = []
      for await (const part of stream) parts.push(part as Buffer)
      arrived.push({
        to: envelope.rcptTo.map(({ address }) => address),
        mail: await PostalMime.parse(Buffer.concat(parts)),
      })
      done()
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { arrived, state, url: `smtp://127.0.0.1:${port}`, close }
}

let mailServer: Awaited<ReturnType<typeof startMailServer>>
let mailer: ReturnType<typeof smtpMailer>
let service: TestService
beforeEach(async () => {
  mailServer = await startMailServer()
  mailer = smtpMailer({ url: mailServer.url, from: 'Foghorn <errors@example.com>' })
  service = await startService({ mailer })
})
afterEach(async () => {
  mailer.close()
  await service.close()
  await mailServer.close()
})

const fault = (value: string) => errorEvent({ release: 'shop@2', exception: { values: [{ type: 'Error', value }] } })

const header = ({ headers }: Email, name: string): string | undefined => headers.find(({ key }) => key === name)?.value

test('a mail says what happened in text and HTML, and nothing of an event acts in it', async () => {
  const { addChannel, addRule, report } = alertsOf(service)
  await addRule(newIssue(await addChannel({ kind: 'email', to: ['ada@example.com', 'bob@example.com'] })))
  await report(fault('<img src=x onerror=alert(1)> \u202Egpj\r\nBcc: eve@evil.test\r\n\r\nbody'))
  await service.send()
  expect(mailServer.arrived.map(({ to }) => to)).toEqual([['ada@example.com'], ['bob@example.com']])
  const [{ mail }] = mailServer.arrived as [Arrived]
  expect(mail.from).toMatchObject({ name: 'Foghorn', address: 'errors@example.com' })
  expect(mail.subject).toMatch(/^\[Shop\] Error: <img src=x onerror=alert\(1\)> {1,2}gpj/)
  expect(mail.bcc ?? []).toEqual([])
  expect(mail.text).toContain('http://foghorn.test/organizations/acme/issues/')
  expect(mail.text).toContain('Release: shop@2')
  expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(mail.html).not.toContain('<img')
  expect(`${mail.subject}${mail.text}${mail.html}`).not.toMatch(/\u202E/)
  expect(header(mail, 'auto-submitted')).toBe('auto-generated')
})

test('mails of one issue are one conversation', async () => {
  const { addChannel, addRule, report, ask, alerts } = alertsOf(service)
  const channel = await addChannel({ kind: 'email', to: ['ada@example.com'] })
  await addRule(newIssue(channel))
  await addRule({ ...newIssue(channel), name: 'back', trigger: { when: 'regression' } })
  await report(fault('apples'))
  await service.send()
  await ask('PUT', `/organizations/acme/issues/${(await alerts())[0]!.issue!.id}/`, { status: 'resolved' })
  await report(fault('apples'))
  await service.send()
  const [first, second] = mailServer.arrived.map(({ mail }) => mail)
  expect(second!.inReplyTo).toBe(first!.inReplyTo)
  expect(second!.references).toBe(first!.references)
  expect(second!.messageId).not.toBe(first!.messageId)
})

test('one click ends the mails for one person alone', async () => {
  const { addChannel, addRule, report } = alertsOf(service)
  await addRule(newIssue(await addChannel({ kind: 'email', to: ['ada@example.com', 'bob@example.com'] })))
  await report(fault('apples'))
  await service.send()
  const { mail } = mailServer.arrived.find(({ to }) => to[0] === 'ada@example.com')!
  expect(header(mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  const url = new URL(/^<(.*)>$/.exec(header(mail, 'list-unsubscribe')!)![1]!)
  // Programs that check links get a page, and end nothing.
  expect((await service.request(url.pathname)).status).toBe(200)
  const ended = await service.request(url.pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  })
  expect(ended.status).toBe(200)
  expect((await service.request(`${url.pathname.slice(0, -3)}AAA`, { method: 'POST' })).status).toBe(404)
  mailServer.arrived.length = 0
  await report(fault('pears'))
  await service.send()
  expect(mailServer.arrived.map(({ to }) => to)).toEqual([['bob@example.com']])
})

test('a server that is busy is asked again; an address that it does not know ends alone', async () => {
  const { addChannel, addRule, report, deliveries } = alertsOf(service)
  const channel = await addChannel({ kind: 'email', to: ['nobody@example.com', 'ada@example.com'] })
  await addRule(newIssue(channel))
  mailServer.state.isBusy = true
  await report(fault('apples'))
  await service.send()
  expect((await deliveries(channel))[0]).toMatchObject({ status: 'waiting', answer: expect.stringContaining('later') })
  mailServer.state.isBusy = false
  service.clock.now += 60_000
  await service.send()
  expect((await deliveries(channel))[0]).toMatchObject({
    status: 'sent',
    answer: expect.stringContaining('no such person'),
  })
  expect(mailServer.arrived.map(({ to }) => to)).toEqual([['ada@example.com']])
})
