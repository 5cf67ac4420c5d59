import { describe, expect, test } from 'vitest'
import { formatEnvelope, LIMITS, parseEnvelope } from '../src/index.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (payload: Uint8Array): string => new TextDecoder().decode(payload)

const read = (text: string): { type: string; payload: string }[] => {
  const result = parseEnvelope(bytes(text))
  if (!result.ok) throw new Error(result.reason)
  return result.envelope.items.map((item) => ({ type: item.headers.type, payload: textOf(item.payload) }))
}

const refusal = (text: string): string => {
  const result = parseEnvelope(bytes(text))
  return result.ok ? 'accepted' : result.reason
}

describe('an envelope', () => {
  test('with a header alone is valid and empty', () => {
    expect(read('{}')).toEqual([])
    expect(read('{}\n')).toEqual([])
  })

  test('keeps its event ID, time and DSN', () => {
    const result = parseEnvelope(bytes('{"event_id":"a","sent_at":"b","dsn":"c","sdk":{"name":"x"}}'))
    expect(result).toMatchObject({ ok: true, envelope: { headers: { event_id: 'a', sent_at: 'b', dsn: 'c' } } })
  })

  test('delimits items without length by the line feed', () => {
    expect(read('{}\n{"type":"event"}\n{"a":1}\n{"type":"session"}\n{"b":2}')).toEqual([
      { type: 'event', payload: '{"a":1}' },
      { type: 'session', payload: '{"b":2}' },
    ])
  })

  test('counts a length in bytes, and such a payload may hold line feeds', () => {
    expect(read('{}\n{"type":"attachment","length":6}\nä\n\nb\r\n{"type":"event"}\nx')).toEqual([
      { type: 'attachment', payload: 'ä\n\nb\r' },
      { type: 'event', payload: 'x' },
    ])
  })

  test('allows empty payloads and stray blank lines', () => {
    expect(read('{}\n\n{"type":"attachment","length":0}\n\n\n{"type":"event"}\n')).toEqual([
      { type: 'attachment', payload: '' },
      { type: 'event', payload: '' },
    ])
    expect(read('{}\n{"type":"event"}')).toEqual([{ type: 'event', payload: '' }])
  })

  test('keeps a carriage return as part of the payload', () => {
    expect(read('{}\n{"type":"event"}\n{}\r\n')).toEqual([{ type: 'event', payload: '{}\r' }])
  })

  test.each([
    ['', 'envelope header line is not JSON'],
    ['hello', 'envelope header line is not JSON'],
    ['[]', 'envelope header'],
    ['{}\nnope\n{}', 'item 1 header line is not JSON'],
    ['{}\n{"length":2}\n{}', 'item 1 header type'],
    ['{}\n{"type":"event","length":-1}\n{}', 'item 1 header length'],
    ['{}\n{"type":"event","length":10}\n{}', 'item 1 payload ends after 2 of 10 bytes'],
    ['{}\n{"type":"event","length":1}\n{}', 'item 1 no newline after a payload of 1 bytes'],
    [`{"event_id":"${'x'.repeat(LIMITS.headerLine)}"}`, 'header line longer than'],
    [`{}\n${'{"type":"event"}\n{}\n'.repeat(LIMITS.itemsPerEnvelope + 1)}`, 'more than 200 items'],
  ])('%# is refused with a reason', (text, reason) => {
    expect(refusal(text)).toContain(reason)
  })

  test('is read back as it was written', () => {
    const items = [
      { headers: { type: 'event' }, payload: bytes('{"message":"ü\\n"}') },
      { headers: { type: 'attachment', filename: 'a.bin' }, payload: new Uint8Array([10, 0, 255, 10]) },
    ]
    const result = parseEnvelope(formatEnvelope({ headers: { event_id: 'e' }, items }))
    if (!result.ok) throw new Error(result.reason)
    expect(result.envelope.headers).toEqual({ event_id: 'e' })
    expect(result.envelope.items.map((item) => [...item.payload])).toEqual(items.map((item) => [...item.payload]))
  })
})
