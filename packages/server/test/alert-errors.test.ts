import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createDeliver } from '../src/alerts/deliver.ts'
import type { Notice } from '../src/alerts/message.ts'
import type { Target } from '../src/alerts/target.ts'
import { openExtensions } from '../src/extensions/extensions.ts'
import { NOON } from './harness.ts'
import { startReceiver, startSpeaking, type Answer, type Receiver } from './receiver.ts'

const extensions = await openExtensions([], { networks: [] })

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterEach(() => {
  receiver.received.length = 0
})
afterAll(() => receiver.close())

const deliver = createDeliver({
  extensions,
  unsubscribeUrl: () => '',
  publicUrl: () => 'http://foghorn.test',
  reaches: () => true,
  timeoutMs: 300,
  now: () => NOON,
})

const TARGETS = (url: string): Record<string, Target> => ({
  slack: { kind: 'slack', url: `${url}/services/T/B/x` },
  teams: { kind: 'teams', url: `${url}/workflows/x` },
  discord: { kind: 'discord', url: `${url}/api/webhooks/1/x` },
  mattermost: { kind: 'mattermost', url: `${url}/hooks/x` },
  telegram: { kind: 'telegram', chatId: '1', token: `1:${'A'.repeat(35)}`, apiUrl: url },
  pagerduty: { kind: 'pagerduty', routingKey: 'a'.repeat(32), apiUrl: url },
  opsgenie: { kind: 'opsgenie', apiKey: 'key', apiUrl: url },
  webhook: { kind: 'webhook', url: `${url}/hook`, secret: `whsec_${'A'.repeat(32)}` },
})

const KINDS = Object.keys(TARGETS('http://x.test'))

const NOTICE: Notice = {
  key: 'alert-1',
  messages: [
    {
      action: 'trigger',
      incident: 'foghorn-rule-1',
      rule: 'unwell',
      project: { slug: 'shop', name: 'Shop' },
      title: 'unwell',
      name: 'shop',
      level: 'error',
      link: 'http://foghorn.test/',
      why: 'It is',
      issue: null,
      firedAt: NOON,
    },
  ],
}

/** What each says to those who ask too often, and to what it will never take, as it documents (checked 2026-11). */
const DOCUMENTED: Record<string, { limited: Answer; waitMs?: number; refused: Answer }> = {
  slack: {
    limited: { status: 429, headers: { 'retry-after': '30' }, body: 'rate_limited' },
    waitMs: 30_000,
    refused: { status: 404, body: 'no_service' },
  },
  teams: {
    limited: { status: 429, headers: { 'retry-after': '5' } },
    waitMs: 5000,
    refused: { status: 400, body: '{"error":{"code":"TriggerInputSchemaMismatch"}}' },
  },
  discord: {
    limited: { status: 429, body: '{"message":"You are being rate limited.","retry_after":1.336,"global":false}' },
    waitMs: 1336,
    refused: { status: 404, body: '{"message":"Unknown Webhook","code":10015}' },
  },
  mattermost: {
    limited: { status: 429, headers: { 'retry-after': '1' }, body: 'limit exceeded' },
    waitMs: 1000,
    refused: { status: 400, body: '{"id":"web.incoming_webhook.invalid.app_error"}' },
  },
  telegram: {
    limited: { status: 429, body: '{"ok":false,"error_code":429,"parameters":{"retry_after":35}}' },
    waitMs: 35_000,
    refused: {
      status: 403,
      body: '{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}',
    },
  },
  pagerduty: {
    limited: { status: 429, body: '{"status":"throttle exceeded"}' },
    refused: { status: 400, body: '{"status":"invalid event","errors":["Length of \'routing_key\' is incorrect"]}' },
  },
  opsgenie: {
    limited: {
      status: 429,
      headers: { 'x-ratelimit-state': 'THROTTLED' },
      body: '{"message":"You are making too many requests!"}',
    },
    refused: { status: 422, body: '{"message":"Request body is not processable."}' },
  },
  webhook: {
    limited: { status: 429, headers: { 'retry-after': new Date(NOON + 90_000).toUTCString() } },
    waitMs: 90_000,
    refused: { status: 410, body: 'gone' },
  },
}

describe.each(KINDS)('%s', (kind) => {
  const tell = () => deliver(1, TARGETS(receiver.url)[kind]!, NOTICE)

  test('is left alone as long as it says, tried again when it is broken, and given up when it refuses', async () => {
    const { limited, waitMs, refused } = DOCUMENTED[kind]!
    receiver.answer(limited)
    expect(await tell()).toEqual({
      status: 'failed',
      answer: expect.stringContaining('429'),
      ...(waitMs !== undefined && { afterMs: waitMs }),
    })
    receiver.answer({ status: 503, body: 'Service Unavailable' })
    expect(await tell()).toEqual({ status: 'failed', answer: '503 Service Unavailable' })
    receiver.answer(refused)
    expect(await tell()).toMatchObject({ status: 'refused', answer: expect.stringContaining(String(refused.status)) })
    receiver.answer({ status: 302, headers: { location: `${receiver.url}/elsewhere` } })
    expect(await tell()).toMatchObject({ status: 'refused' })
    expect(receiver.received.map(({ path }) => path)).not.toContain('/elsewhere')
  })

  test('has taken what it answers 2xx to, whatever it says; what is no HTTP is tried again', async () => {
    for (const body of ['', '{not json', '\0'.repeat(70_000)]) {
      receiver.answer({ status: 200, body })
      expect(await tell()).toMatchObject({ status: 'sent' })
    }
    receiver.answer('hang up')
    expect(await tell()).toMatchObject({ status: 'failed' })
    for (const [bytes, status] of [
      ['hello\r\n\r\n', 'failed'],
      ['HTTP/1.1 999 What\r\n\r\n', 'failed'],
      // It has said that it was taken; how it goes on changes nothing.
      ['HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this', 'sent'],
    ] as const) {
      const other = await startSpeaking(bytes)
      expect(await deliver(1, TARGETS(other.url)[kind]!, NOTICE)).toMatchObject({ status })
      await other.close()
    }
  })

  test('that never answers is given up after a while', async () => {
    const silent = await startSpeaking()
    expect(await deliver(1, TARGETS(silent.url)[kind]!, NOTICE)).toMatchObject({
      status: 'failed',
      answer: expect.stringContaining('no answer within'),
    })
    await silent.close()
  })
})
