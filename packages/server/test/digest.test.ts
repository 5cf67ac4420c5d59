import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sqliteInboxReader } from '../src/adapters/sqlite/inbox.ts'
import { drain, MAX_ATTEMPTS } from '../src/ingest/drain.ts'
import { inboxFile } from '../src/data-folder.ts'
import type { EventJson } from '../src/api/event-shapes.ts'
import { envelope, errorEvent, newEventId, NOON, startService, type TestEvent, type TestService } from './harness.ts'

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const send = async (...events: TestEvent[]): Promise<void> => {
  for (const event of events) expect((await service.post(service.envelopePath, envelope(event))).status).toBe(200)
  await service.digest()
}

const readEvent = async (id: string): Promise<EventJson> => {
  const response = await service.read(`/api/0/projects/acme/shop/events/${id}/`)
  expect(response.status).toBe(200)
  return (await response.json()) as EventJson
}

const inboxSize = async (): Promise<number> => {
  const reader = sqliteInboxReader(inboxFile(service.data))
  try {
    return (await reader.claim(100, Number.MAX_SAFE_INTEGER)).length
  } finally {
    await reader.close()
  }
}

describe('normalising', () => {
  test('corrects a wrong clock by the time of sending, and never dates an event into the future', async () => {
    const hourAhead = NOON + 3_600_000
    const event = errorEvent({ timestamp: (hourAhead - 5000) / 1000 })
    await service.post(service.envelopePath, envelope(event, { sent_at: new Date(hourAhead).toISOString() }))
    const future = errorEvent({ timestamp: hourAhead / 1000 })
    await send(future)
    expect((await readEvent(event.event_id)).dateCreated).toBe(new Date(NOON - 5000).toISOString())
    expect((await readEvent(future.event_id)).dateCreated).toBe(new Date(NOON).toISOString())
  })

  test('takes an event without frames, without exception, without ID', async () => {
    const frameless = errorEvent({ exception: { values: [{ type: 'Error', value: 'no stack' }] } })
    const message = { event_id: newEventId(), message: 'just a message', level: 'info' }
    await send(frameless, message)
    await service.post(service.envelopePath, '{}\n{"type":"event"}\n{"message":"nameless"}')
    await service.digest()
    expect((await readEvent(frameless.event_id)).title).toBe('Error: no stack')
    expect(await readEvent(message.event_id)).toMatchObject({ title: 'just a message', type: 'default', level: 'info' })
    expect(service.told.map(({ event }) => event.headline.title)).toContain('nameless')
  })

  test('tells how much of an event was left out', async () => {
    const event = errorEvent({
      message: 'x'.repeat(9000),
      breadcrumbs: Array.from({ length: 250 }, () => ({ message: 'click' })),
    })
    const whole = errorEvent()
    await send(event, whole)
    const { contexts } = await readEvent(event.event_id)
    expect(contexts['left_out']).toEqual({ breadcrumbs: 50, messageCharacters: 808 })
    expect((await readEvent(whole.event_id)).contexts['left_out']).toBeUndefined()
  })

  test('titles the error that was thrown, not its cause', async () => {
    const event = errorEvent({
      exception: {
        values: [
          { type: 'RangeError', value: 'declined', mechanism: { handled: false, source: 'cause' } },
          { type: 'Error', value: 'checkout failed', mechanism: { handled: true } },
        ],
      },
    })
    await send(event)
    expect((await readEvent(event.event_id)).title).toBe('Error: checkout failed')
  })

  test('keeps the address of a person only when it was asked for', async () => {
    const silent = errorEvent({ user: { id: '7' } })
    const named = errorEvent({ user: { id: '7', ip_address: '203.0.113.9' } })
    await send(silent, named)
    expect((await readEvent(silent.event_id)).user).toEqual({ id: '7' })
    expect((await readEvent(named.event_id)).user).toEqual({ id: '7', ip_address: '203.0.113.9' })
  })
})

describe('scrubbing', () => {
  test('masks secrets wherever they stand', async () => {
    const secret = 'tellnobody123456'
    const event = errorEvent({
      message: `failed with Authorization: Bearer ${secret}`,
      extra: { user_password: secret, nested: { 'api-key': secret, safe: 'visible' } },
      contexts: { state: { authToken: secret } },
      request: {
        url: `https://shop.test/?access_token=${secret}&page=2#id_token=${secret}`,
        headers: { Cookie: secret, 'User-Agent': 'visible' },
      },
      breadcrumbs: [{ category: 'fetch', data: { url: `https://user:${secret}@api.test/?q=visible` } }],
    })
    await send(event)
    const text = JSON.stringify(await readEvent(event.event_id))
    expect(text).not.toContain(secret)
    expect(text.match(/visible/g)).toHaveLength(3)
    expect(text).toContain('page=2')
  })
})

describe('grouping', () => {
  test('one fault in other words of other engines is one issue', async () => {
    const wordings = [
      "Cannot read properties of undefined (reading 'price')",
      'can\'t access property "price", r is undefined',
      "undefined is not an object (evaluating 'e.price')",
    ]
    const stack = {
      frames: [{ filename: 'https://shop.test/assets/app-3f9c2a1b.js', function: 'x', lineno: 1, colno: 2 }],
    }
    await send(
      ...wordings.map((value) =>
        errorEvent({ exception: { values: [{ type: 'TypeError', value, stacktrace: stack }] } }),
      ),
    )
    expect(service.told).toHaveLength(1)
  })

  test('numbers, addresses and names in a message do not split an issue; other words do', async () => {
    const messages = ['order 17 failed for a@b.example', 'order 4711 failed for c@d.example', 'payment failed']
    await send(...messages.map((message) => ({ event_id: newEventId(), message })))
    expect(service.told.map(({ event }) => event.headline.title)).toEqual([
      'order 17 failed for [Filtered]',
      'payment failed',
    ])
  })

  test("the client's fingerprint wins, and may add to the default", async () => {
    await send(
      errorEvent({ fingerprint: ['mine'] }),
      errorEvent({ fingerprint: ['mine'], exception: { values: [{ type: 'Other' }] } }),
      errorEvent({ fingerprint: ['{{ default }}', 'eu'] }),
      errorEvent({ fingerprint: ['{{ default }}', 'us'] }),
    )
    expect(service.told).toHaveLength(3)
  })

  test('says by what it grouped', async () => {
    const event = errorEvent()
    await send(event)
    const { grouping } = await readEvent(event.event_id)
    expect(grouping).toMatchObject({
      version: 2,
      keys: [{ variant: 'message', parts: ['TypeError', 'price of nullish', 'app.js'] }],
    })
  })

  test('a resolved issue comes back when it happens again', async () => {
    const [first, again] = [errorEvent(), errorEvent()]
    await send(first)
    const { groupID } = await readEvent(first.event_id)
    await service.stores.triage.change([Number(groupID)], [{ type: 'resolve', resolution: { by: 'now' } }], null)
    await send(again)
    expect(service.told.map(({ what }) => what)).toEqual(['new', 'regressed'])
    expect((await service.stores.issues.find(Number(groupID)))?.status).toBe('unresolved')
  })
})

describe('an item that cannot be digested', () => {
  test('is set aside with its reason while the rest goes on', async () => {
    const good = errorEvent()
    await service.post(service.envelopePath, '{}\n{"type":"event"}\n{"broken":')
    await service.post(service.envelopePath, `{}\n{"type":"event"}\n${'['.repeat(5000)}`)
    await service.post(service.envelopePath, '{}\n{"type":"event"}\n[1]')
    await send(good)
    await readEvent(good.event_id)
    expect(service.failures.map(({ buried }) => buried)).toEqual([true, true, true])
    expect(await inboxSize()).toBe(0)
  })

  test('because of a passing trouble is tried again later, and not for ever', async () => {
    const event = errorEvent()
    await service.post(service.envelopePath, envelope(event))
    let isDown = true
    const flaky = {
      ...service.drainDeps,
      events: {
        ...service.stores.events,
        store: (...batch: Parameters<typeof service.stores.events.store>) =>
          isDown ? Promise.reject(new Error('disk full')) : service.stores.events.store(...batch),
      },
    }
    await drain(flaky)
    expect(await drain(flaky)).toBe(false)
    service.clock.now += 1000
    await drain(flaky)
    isDown = false
    service.clock.now += 10_000
    await drain(flaky)
    await readEvent(event.event_id)

    await service.post(service.envelopePath, envelope(errorEvent()))
    isDown = true
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      service.clock.now += 3_600_000
      await drain(flaky)
    }
    expect(service.failures.at(-1)?.buried).toBe(true)
    expect(await inboxSize()).toBe(0)
  })

  test('because the worker dies with it takes no other item along', async () => {
    const events = [errorEvent(), errorEvent(), errorEvent()]
    for (const event of events) await service.post(service.envelopePath, envelope(event))
    const reader = sqliteInboxReader(inboxFile(service.data))
    const killer = (await reader.claim(50, NOON))[1]!.id
    // Each claim that is followed by nothing is a worker that died.
    for (;;) {
      const [first] = await reader.claim(50, NOON)
      if (first!.id === killer && first!.attempts > MAX_ATTEMPTS) break
      if (first!.id !== killer) await reader.remove([first!.id])
    }
    await service.digest()
    expect(service.told).toHaveLength(1)
    expect(service.told[0]!.event.eventId).toBe(events[2]!.event_id)
    reader.close()
  })
})

test('what clients discarded and what nobody reads is counted', async () => {
  const report = { discarded_events: [{ reason: 'sample_rate', category: 'error', quantity: 3 }] }
  await service.post(
    service.envelopePath,
    `{}\n{"type":"client_report"}\n${JSON.stringify(report)}\n{"type":"profile"}\n{}`,
  )
  await send(errorEvent())
  const counted = await service.stores.outcomes.list(service.project.id)
  expect(counted.map(({ category, outcome, reason, quantity }) => [category, outcome, reason, quantity])).toEqual([
    ['error', 'accepted', '', 1],
    ['error', 'discarded', 'sample_rate', 3],
    ['profile', 'unsupported', 'item_type', 1],
  ])
})
