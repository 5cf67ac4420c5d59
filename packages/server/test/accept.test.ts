import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { LIMITS } from '@foghorn/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { envelope, errorEvent, newEventId, startService, type TestService } from './harness.ts'

let service: TestService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const body = (): { id: string; text: string } => {
  const event = errorEvent()
  return { id: event.event_id, text: envelope(event) }
}

const isStored = async (id: string): Promise<boolean> => {
  await service.digest()
  return (await service.read(`/api/0/projects/acme/shop/events/${id}/`)).status === 200
}

describe('an envelope', () => {
  test('that is large once decompressed is taken whole, and usual ones beside it', async () => {
    const [large, usual] = [body(), body()]
    const attachment = (letter: string): string =>
      `${JSON.stringify({ type: 'attachment', filename: `${letter}.txt` })}\n${letter.repeat(LIMITS.attachment)}`
    const text = [large.text, ...['a', 'b', 'c'].map(attachment)].join('\n')
    const send = (content: string, compress: (content: string) => Buffer, encoding: string): Promise<Response> =>
      service.post(service.envelopePath, new Uint8Array(compress(content)), { 'content-encoding': encoding })
    const answers = await Promise.all([
      send(text, gzipSync, 'gzip'),
      send(usual.text, gzipSync, 'gzip'),
      send(text, deflateSync, 'deflate'),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    for (const { id } of [large, usual]) {
      expect(await isStored(id)).toBe(true)
      const kept = await service.read(`/api/0/projects/acme/shop/events/${id}/attachments/`)
      expect(((await kept.json()) as { size: number }[]).map(({ size }) => size)).toEqual(
        id === large.id ? Array.from({ length: 3 }, () => LIMITS.attachment) : [],
      )
    }
  })

  test('goes on beside large ones that never come to their end', async () => {
    const senders = Array.from({ length: 4 }, () => {
      const { id, text } = body()
      const attachment = `${JSON.stringify({ type: 'attachment', filename: 'a.txt' })}\n${'a'.repeat(LIMITS.attachment)}`
      const { readable, writable } = new TransformStream<Uint8Array>()
      const writer = writable.getWriter()
      const answer = service.request(service.envelopePath, {
        method: 'POST',
        body: readable,
        duplex: 'half',
      } as RequestInit)
      const [start, rest] = [Buffer.from(text), Buffer.from(`\n${attachment}`)]
      const send = async (bytes: Buffer): Promise<void> => writer.write(new Uint8Array(bytes)).catch(() => undefined)
      return {
        id,
        answer,
        begin: () => void send(start).then(() => send(rest.subarray(0, rest.length - 1))),
        end: () => void send(rest.subarray(-1)).then(() => writer.close()),
      }
    })
    for (const { begin } of senders) begin()
    const usual = body()
    expect((await service.post(service.envelopePath, usual.text)).status).toBe(200)
    for (const { end } of senders) end()
    expect((await Promise.all(senders.map(({ answer }) => answer))).map(({ status }) => status)).toEqual([
      200, 200, 200, 200,
    ])
    for (const { id } of [usual, ...senders]) expect(await isStored(id)).toBe(true)
  })

  test('is acknowledged with its event ID and can be read after the digest', async () => {
    const { id, text } = body()
    const response = await service.post(service.envelopePath, text)
    expect([response.status, await response.json()]).toEqual([200, { id }])
    expect(await isStored(id)).toBe(true)
  })

  test.each([
    ['the query', (key: string) => [`?sentry_key=${key}`, {}, {}]],
    [
      'X-Sentry-Auth',
      (key: string) => ['', { 'x-sentry-auth': `Sentry sentry_version=7,sentry_key=${key} , sentry_client=x/1` }, {}],
    ],
    ['Authorization', (key: string) => ['', { authorization: `Sentry sentry_key=${key}` }, {}]],
    ['the DSN in its header', (key: string) => ['', {}, { dsn: `http://${key}@foghorn.test/1` }]],
  ] as const)('may carry the key in %s', async (_carrier, carry) => {
    const [query, headers, envelopeHeaders] = carry(service.publicKey)
    const event = errorEvent()
    const response = await service.post(
      `/api/${service.project.id}/envelope/${query}`,
      envelope(event, envelopeHeaders),
      headers,
    )
    expect(response.status).toBe(200)
    expect(await isStored(event.event_id)).toBe(true)
  })

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ] as const)('may be compressed with %s', async (encoding, compress) => {
    const { id, text } = body()
    const response = await service.post(service.envelopePath, new Uint8Array(compress(text)), {
      'content-encoding': encoding,
    })
    expect(response.status).toBe(200)
    expect(await isStored(id)).toBe(true)
  })

  test('may be gzip without saying so', async () => {
    const { id, text } = body()
    const response = await service.post(service.envelopePath, new Uint8Array(gzipSync(text)))
    expect(response.status).toBe(200)
    expect(await isStored(id)).toBe(true)
  })

  test('keeps its event when it has items that nobody knows', async () => {
    const { id, text } = body()
    const unknown = '{"type":"replay_event"}\n{}\n{"type":"from_the_future","length":3}\n\n\n\n'
    expect((await service.post(service.envelopePath, `${text}\n${unknown}`)).status).toBe(200)
    expect(await isStored(id)).toBe(true)
  })

  test('without any item is fine', async () => {
    const response = await service.post(service.envelopePath, '{}')
    expect([response.status, await response.json()]).toEqual([200, {}])
  })
})

describe('the store address', () => {
  test('takes one event as JSON', async () => {
    const event = errorEvent()
    const path = service.envelopePath.replace('envelope', 'store')
    const response = await service.post(path, JSON.stringify(event))
    expect([response.status, await response.json()]).toEqual([200, { id: event.event_id }])
    expect(await isStored(event.event_id)).toBe(true)
  })

  test('refuses what is not an event', async () => {
    const response = await service.post(service.envelopePath.replace('envelope', 'store'), 'nonsense')
    expect([response.status, await response.json()]).toEqual([
      400,
      { detail: expect.stringContaining('not a JSON object') },
    ])
  })
})

describe('a refusal', () => {
  const refusal = async (
    path: string,
    text: NonNullable<RequestInit['body']>,
    headers = {},
  ): Promise<[number, string]> => {
    const response = await service.post(path, text, headers)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-expose-headers')).toContain('x-sentry-rate-limits')
    return [response.status, ((await response.json()) as { detail: string }).detail]
  }

  test('without a key is 401', async () => {
    expect(await refusal(`/api/${service.project.id}/envelope/`, '{}')).toEqual([
      401,
      expect.stringContaining('No DSN key'),
    ])
  })

  test('with an unknown key is 403', async () => {
    const path = `/api/${service.project.id}/envelope/?sentry_key=${'0'.repeat(32)}`
    expect(await refusal(path, '{}')).toEqual([403, expect.stringContaining('not known')])
  })

  test('with the key of another project is 403', async () => {
    const path = `/api/4242/envelope/?sentry_key=${service.publicKey}`
    expect(await refusal(path, '{}')).toEqual([403, expect.stringContaining('does not belong to project 4242')])
  })

  test('of a malformed envelope is 400 and says where', async () => {
    expect(await refusal(service.envelopePath, '{}\nnonsense\n{}')).toEqual([
      400,
      expect.stringContaining('item 1 header'),
    ])
    expect(await refusal(service.envelopePath, 'nonsense')).toEqual([400, expect.stringContaining('envelope header')])
  })

  test('of broken compression is 400, of Brotli and stacked encodings 415', async () => {
    expect(await refusal(service.envelopePath, 'x', { 'content-encoding': 'gzip' })).toEqual([
      400,
      expect.stringContaining('gzip'),
    ])
    expect(await refusal(service.envelopePath, 'x', { 'content-encoding': 'br' })).toEqual([
      415,
      expect.stringContaining('br is not taken'),
    ])
    expect(await refusal(service.envelopePath, 'x', { 'content-encoding': 'gzip, gzip' })).toEqual([
      415,
      expect.any(String),
    ])
    expect(await refusal(service.envelopePath, 'x', { 'content-encoding': '__proto__' })).toEqual([
      415,
      expect.any(String),
    ])
  })

  test('of too many bytes is 413: as sent, after decompression, and in one item', async () => {
    const large = 'x'.repeat(LIMITS.compressedBody + 1)
    expect(await refusal(service.envelopePath, large)).toEqual([413, expect.stringContaining('as sent')])
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(LIMITS.body + 1, 0x20)))
    expect(await refusal(service.envelopePath, bomb, { 'content-encoding': 'gzip' })).toEqual([
      413,
      expect.stringContaining('after decompression'),
    ])
    const item = envelope(errorEvent({ message: 'x'.repeat(LIMITS.jsonItem) }))
    expect(await refusal(service.envelopePath, item)).toEqual([413, expect.stringContaining('item')])
  })

  test('of too many bytes is 413, whatever a gzip body says of its size; one that lies is 400', async () => {
    const bodyThatStates = (text: string | Buffer, size: number): Uint8Array => {
      const bytes = new Uint8Array(gzipSync(text))
      new DataView(bytes.buffer).setUint32(bytes.length - 4, size, true)
      return bytes
    }
    const gzip = { 'content-encoding': 'gzip' }
    const bomb = Buffer.alloc(2 * LIMITS.body, 0x20)
    for (const stated of [0, 2 * 1024 * 1024, LIMITS.body])
      expect((await refusal(service.envelopePath, bodyThatStates(bomb, stated), gzip))[0]).toBe(413)
    expect((await refusal(service.envelopePath, bodyThatStates('{}', LIMITS.body + 1), gzip))[0]).toBe(413)
    expect((await refusal(service.envelopePath, bodyThatStates('{}', LIMITS.body), gzip))[0]).toBe(400)
  })

  test('of a body without length is counted as it streams', async () => {
    const chunk = new Uint8Array(1024 * 1024)
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(chunk) })
    const response = await service.request(service.envelopePath, {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
  })

  test('is allowed to be read by any page', async () => {
    const response = await service.request(service.envelopePath, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.test',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-sentry-auth',
      },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-headers')).toContain('x-sentry-auth')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  })
})

describe('a request', () => {
  test('that cannot be written is 503, and nothing is acknowledged', async () => {
    const broken = await startService()
    await broken.stores.close()
    const response = await broken.post(broken.envelopePath, envelope(errorEvent()))
    expect(response.status).toBe(503)
    expect(broken.failures).toHaveLength(1)
  })

  test('sent twice is one event', async () => {
    const event = errorEvent({ event_id: newEventId(), message: 'sent twice' })
    await service.post(service.envelopePath, envelope(event))
    await service.digest()
    await service.post(service.envelopePath, envelope(event))
    await service.post(service.envelopePath, envelope(event))
    await service.digest()
    const stored = await service.read(`/api/0/projects/acme/shop/events/${event.event_id}/`)
    const { groupID } = (await stored.json()) as { groupID: string }
    const events = (await (await service.read(`/api/0/organizations/acme/issues/${groupID}/events/`)).json()) as {
      id: string
    }[]
    expect(events.filter(({ id }) => id === event.event_id)).toHaveLength(1)
  })
})
