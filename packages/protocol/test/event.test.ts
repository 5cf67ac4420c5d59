import { describe, expect, test } from 'vitest'
import { LIMITS, readEvent } from '../src/index.ts'

const ID = '7fdcb3caacfb43c69c8dfea5093e2cf7'

describe('an event', () => {
  test('has one shape, whichever of its legal shapes was sent', () => {
    const event = readEvent({
      event_id: '7FDCB3CA-ACFB-43C6-9C8D-FEA5093E2CF7',
      timestamp: '2026-11-21T01:39:31.500Z',
      level: 'log',
      exception: {
        type: 'TypeError',
        value: 'x',
        mechanism: null,
        stacktrace: { frames: [null, { lineno: 3, colno: null }] },
      },
      breadcrumbs: { values: [{ timestamp: 1, message: 'a' }, 'junk'] },
      tags: [['a', 1], ['b', true], 'junk', ['', 'x']],
      fingerprint: [1, 'two'],
      user: { id: 7 },
    })
    expect(event).toMatchObject({
      event_id: ID,
      timestamp: Date.parse('2026-11-21T01:39:31.500Z') / 1000,
      level: 'info',
      breadcrumbs: [{ timestamp: 1, message: 'a' }],
      tags: { a: '1', b: 'true' },
      fingerprint: ['1', 'two'],
      user: { id: '7' },
    })
    expect(event!.exception).toHaveLength(1)
    expect(event!.exception[0]).toMatchObject({ type: 'TypeError', stacktrace: { frames: [{ lineno: 3 }] } })
  })

  test.each([
    [{ exception: [{ type: 'A' }] }],
    [{ exception: { values: [{ type: 'A' }] } }],
    [{ exception: { type: 'A' } }],
  ])('%j has one exception', (json) => {
    expect(readEvent(json)!.exception).toMatchObject([{ type: 'A' }])
  })

  test('loses a bad field and nothing else', () => {
    const event = readEvent({
      event_id: 'no-id',
      timestamp: 'yesterday',
      level: 7,
      message: 'kept',
      user: 'me',
      request: [],
      contexts: 5,
      sdk: null,
    })
    expect(event).toMatchObject({ message: 'kept', exception: [], breadcrumbs: [], tags: {} })
    for (const field of ['event_id', 'timestamp', 'level', 'user', 'contexts'] as const)
      expect(event![field]).toBeUndefined()
  })

  test.each([null, 5, 'text', [], undefined])('is not %j', (json) => {
    expect(readEvent(json)).toBeUndefined()
  })

  test('keeps the call site when a stack is too long, and the latest breadcrumbs', () => {
    const frames = Array.from({ length: LIMITS.frames + 5 }, (_, index) => ({ lineno: index }))
    const breadcrumbs = Array.from({ length: LIMITS.breadcrumbs + 5 }, (_, index) => ({ message: String(index) }))
    const event = readEvent({ exception: { values: [{ stacktrace: { frames } }] }, breadcrumbs })!
    expect(event.exception[0]!.stacktrace!.frames).toHaveLength(LIMITS.frames)
    expect(event.exception[0]!.stacktrace!.frames.at(-1)!.lineno).toBe(LIMITS.frames + 4)
    expect(event.breadcrumbs.at(-1)!.message).toBe(String(LIMITS.breadcrumbs + 4))
  })

  test('is cut in depth, width and length, and cannot touch a prototype', () => {
    const deep = (levels: number): unknown => (levels === 0 ? 'end' : { next: deep(levels - 1) })
    const event = readEvent(
      JSON.parse(
        JSON.stringify({
          extra: { deep: deep(50), long: 'x'.repeat(9999), wide: Array.from({ length: 999 }, () => 1) },
        }).replace('"wide"', '"__proto__":{"evil":1},"wide"'),
      ),
    )!
    expect(JSON.stringify(event.extra)).toContain('[Object]')
    expect((event.extra!['long'] as string).length).toBe(LIMITS.dataChars)
    expect(event.extra!['wide']).toHaveLength(LIMITS.dataEntries)
    expect((event.extra as { evil?: number }).evil).toBeUndefined()
    expect(Object.keys(event.extra!)).not.toContain('__proto__')
  })
})
