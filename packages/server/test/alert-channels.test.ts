import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Webhook } from 'standardwebhooks'
import { alertsOf, newIssue } from './alert-setup.ts'
import { errorEvent, startService, type TestService } from './harness.ts'
import { startReceiver, type Receiver } from './receiver.ts'

let service: TestService
let receiver: Receiver
beforeEach(async () => {
  receiver = await startReceiver()
  service = await startService({ networks: ['127.0.0.0/8'] })
})
afterEach(async () => {
  await service.close()
  await receiver.close()
})

// What anybody can write into an event: mentions, markup of every chat, line breaks, marks that turn text around.
const HOSTILE = '@channel <!here> <@U1> *bold* [x](http://evil.test) `a`\r\nX-Injected: 1 \u202Egpj.exe\u2066 <b>&amp;'

const fault = (value = HOSTILE) => errorEvent({ release: 'shop@2', exception: { values: [{ type: 'Error', value }] } })

const tell = async (target: object, value?: string): Promise<string> => {
  const { addChannel, addRule, report } = alertsOf(service)
  await addRule(newIssue(await addChannel(target)))
  await report(fault(value))
  await service.send()
  expect(receiver.received).toHaveLength(1)
  return receiver.received[0]!.body
}

const LINK = /^http:\/\/foghorn\.test\/organizations\/acme\/issues\/\d+$/

/** Every text of a message, however deep. */
const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

const UNESCAPED_LINK = /[^\\]\[x\]\(http/

// Mentions need the bare sign and name; direction marks and line breaks are nowhere.
const expectHarmless = (body: string): void => {
  for (const text of textsOf(JSON.parse(body))) {
    expect(text).not.toMatch(/@(?:channel|here|everyone|U1)|<!here|[\u202A-\u202E\u2066-\u2069\r]/)
  }
}

/** Where nothing is markup, lines and directions are all that a text could break. */
const expectPlain = (body: string): void => {
  for (const text of textsOf(JSON.parse(body))) expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\r\n]/)
}

describe('a message has the form that is documented, and nothing of an event acts in it', () => {
  test('Slack: blocks of an incoming webhook', async () => {
    const body = await tell({ kind: 'slack', url: `${receiver.url}/services/T/B/x` })
    expectHarmless(body)
    const { text, blocks } = JSON.parse(body)
    expect(text).toContain('&lt;')
    const [header, section, context] = blocks
    expect(header).toMatchObject({ type: 'header', text: { type: 'plain_text' } })
    expect(header.text.text.length).toBeLessThanOrEqual(150)
    expect(section.fields.map((field: { text: string }) => field.text)).toEqual([
      'Seen: 1 event, 0 users',
      'Release: shop@\u200B2',
    ])
    expect(context.elements[0].text).toMatch(/^<http:\/\/foghorn\.test\/organizations\/acme\/issues\/\d+\|SHOP-1> /)
  })

  test('Microsoft Teams: an adaptive card, its texts as runs that know no Markdown', async () => {
    const body = await tell({ kind: 'teams', url: `${receiver.url}/workflows/x` })
    const { type, attachments } = JSON.parse(body)
    expect(type).toBe('message')
    expect(attachments).toHaveLength(1)
    expect(attachments[0].contentType).toBe('application/vnd.microsoft.card.adaptive')
    const { content } = attachments[0]
    expect(content).toMatchObject({ type: 'AdaptiveCard', version: '1.4' })
    for (const block of content.body) {
      expect(block.type).toBe('RichTextBlock')
      expect(block.inlines).toEqual([expect.objectContaining({ type: 'TextRun', text: expect.stringMatching(/./) })])
    }
    expect(content.actions).toEqual([
      { type: 'Action.OpenUrl', title: 'Open SHOP-1', url: expect.stringMatching(LINK) },
    ])
    expect(body).not.toMatch(/@channel|\u202E/)
  })

  test('Discord: an embed that may mention nobody', async () => {
    const body = await tell({ kind: 'discord', url: `${receiver.url}/api/webhooks/1/x` })
    expectHarmless(body)
    expect(body).not.toMatch(UNESCAPED_LINK)
    const { embeds, allowed_mentions: mentions } = JSON.parse(body)
    expect(mentions).toEqual({ parse: [] })
    expect(embeds).toHaveLength(1)
    expect(embeds[0].url).toMatch(LINK)
    expect(embeds[0].title.length).toBeLessThanOrEqual(256)
    expect(Date.parse(embeds[0].timestamp)).toBeGreaterThan(0)
    for (const { name, value } of embeds[0].fields) expect(name.length * value.length).toBeGreaterThan(0)
  })

  test('Mattermost: an attachment', async () => {
    const body = await tell({ kind: 'mattermost', url: `${receiver.url}/hooks/x` })
    expectHarmless(body)
    expect(body).not.toMatch(UNESCAPED_LINK)
    const [attachment] = JSON.parse(body).attachments
    expect(attachment.title_link).toMatch(LINK)
    expect(attachment.title).toContain(String.raw`\*bold\*`)
  })

  test('Telegram: plain text of a bot', async () => {
    const token = '123456:ABCdefGHIjklMNOpqrSTUvwxYZ012345'
    const body = await tell({ kind: 'telegram', chatId: '-1001', token, apiUrl: receiver.url })
    expect(receiver.received[0]!.path).toBe(`/bot${token}/sendMessage`)
    const message = JSON.parse(body)
    expect(Object.keys(message).toSorted()).toEqual(['chat_id', 'link_preview_options', 'text'])
    expect(message.chat_id).toBe('-1001')
    expect(message.text.length).toBeLessThanOrEqual(4096)
    expect(message.text).not.toMatch(/@channel|\u202E/)
  })

  test('PagerDuty: an event of the Events API v2', async () => {
    const routingKey = 'a'.repeat(32)
    const body = await tell({ kind: 'pagerduty', routingKey, apiUrl: receiver.url })
    expectPlain(body)
    expect(receiver.received[0]!.path).toBe('/v2/enqueue')
    expect(JSON.parse(body)).toMatchObject({
      routing_key: routingKey,
      event_action: 'trigger',
      dedup_key: expect.stringMatching(/^foghorn-issue-\d+$/),
      links: [{ href: expect.stringMatching(LINK), text: 'SHOP-1' }],
      payload: { source: 'shop', severity: 'error', custom_details: { Release: 'shop@2', Rule: 'new ones' } },
    })
  })

  test('Opsgenie: an alert of the Alert API', async () => {
    const body = await tell({ kind: 'opsgenie', apiKey: 'key-1', apiUrl: receiver.url })
    expectPlain(body)
    const [request] = receiver.received
    expect([request!.path, request!.headers.authorization]).toEqual(['/v2/alerts', 'GenieKey key-1'])
    const alert = JSON.parse(body)
    expect(alert).toMatchObject({ alias: expect.stringMatching(/^foghorn-issue-\d+$/), priority: 'P2', entity: 'shop' })
    expect(alert.message.length).toBeLessThanOrEqual(130)
  })

  test('webhook: signed as Standard Webhooks says, for programs', async () => {
    const { addChannel, addRule, report } = alertsOf(service)
    const channel = await addChannel({ kind: 'webhook', url: `${receiver.url}/hook?x=1` })
    await addRule(newIssue(channel))
    service.clock.now = Date.now()
    await report(fault())
    await service.send()
    const [{ headers, body, path }] = receiver.received as [(typeof receiver.received)[number]]
    expect(path).toBe('/hook?x=1')
    const verified = new Webhook(channel.secret!).verify(body, headers as Record<string, string>)
    expect(verified).toMatchObject({
      type: 'alert.trigger',
      version: 1,
      data: { alerts: [{ rule: 'new ones', issue: { shortId: 'SHOP-1', events: 1, release: 'shop@2' } }] },
    })
    expect(() => new Webhook(channel.secret!).verify(`${body} `, headers as Record<string, string>)).toThrow()
    expect(headers['webhook-id']).toBe((await alertsOf(service).deliveries(channel))[0]!.key)
  })
})

test('a text of any length stays within what receivers take', async () => {
  const body = await tell({ kind: 'discord', url: receiver.url }, '*'.repeat(10_000))
  expect(textsOf(JSON.parse(body)).join('').length).toBeLessThan(6000)
})

describe('incidents', () => {
  test.each([
    ['pagerduty', { kind: 'pagerduty', routingKey: 'b'.repeat(32) }],
    ['opsgenie', { kind: 'opsgenie', apiKey: 'key' }],
  ] as const)('%s hears that somebody acknowledged, and that the issue was resolved', async (kind, target) => {
    const { addChannel, addRule, report, alerts, ask } = alertsOf(service)
    await addRule(newIssue(await addChannel({ ...target, apiUrl: receiver.url })))
    await report(fault())
    await service.send()
    const [alert] = await alerts()
    const path = `/projects/acme/shop/alerts/${alert!.id}/`
    expect((await ask('PUT', path, { acknowledged: true })).status).toBe(204)
    expect((await ask('PUT', path, { acknowledged: true })).status).toBe(404)
    await service.send()
    await ask('PUT', `/organizations/acme/issues/${alert!.issue!.id}/`, { status: 'resolved' })
    await service.send()
    const asked = receiver.received.map(({ path: at, body }) =>
      kind === 'pagerduty' ? JSON.parse(body).event_action : at,
    )
    const incident = `foghorn-issue-${alert!.issue!.id}`
    expect(asked).toEqual(
      kind === 'pagerduty'
        ? ['trigger', 'acknowledge', 'resolve']
        : [
            '/v2/alerts',
            `/v2/alerts/${incident}/acknowledge?identifierType=alias`,
            `/v2/alerts/${incident}/close?identifierType=alias`,
          ],
    )
    expect((await alerts())[0]).toMatchObject({
      dateAcknowledged: expect.any(String),
      acknowledgedBy: 'token:test',
      dateResolved: expect.any(String),
    })
  })
})
