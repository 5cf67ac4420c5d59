import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { miscounted } from '../src/adapters/sql/recount.ts'
import { envelope, errorEvent, newEventId, startService, type TestEvent, type TestService } from './harness.ts'
import { everythingStored, openDatabase } from './main-store.ts'

const ADA = { id: 'ada-1', email: 'Ada@Example.com', ip_address: '203.0.113.7' }
const BOB = { id: 'bob-1', email: 'bob@example.com' }

let service: TestService
let adas: string[]
let bobs: string[]
beforeAll(async () => {
  service = await startService()
  adas = await happen(
    { user: ADA, tags: { 'user.number': 'ada-1', plan: 'free' } },
    { user: { email: 'ada@example.com' } },
  )
  bobs = await happen({ user: BOB })
  await happen({ user: ADA, exception: { values: [{ type: 'LonelyError', value: 'Ada@Example.com not found' }] } })
  await service.post(service.envelopePath, feedback({ contact_email: 'ada@example.com', message: 'It broke for Ada.' }))
  await service.post(service.envelopePath, feedback({ contact_email: 'bob@example.com', message: 'It broke for Bob.' }))
  const broken = (email: string): string => `{}\n{"type":"event"}\n{"user":{"email":"${email}"},`
  await service.post(service.envelopePath, broken('Ada@example.com'))
  await service.post(service.envelopePath, broken('bob@example.com'))
  await service.digest()
})
afterAll(() => service.close())

const happen = async (...events: TestEvent[]): Promise<string[]> => {
  const ids: string[] = []
  for (const fields of events) {
    const event = errorEvent(fields)
    ids.push(event.event_id)
    await service.post(service.envelopePath, envelope(event))
  }
  await service.digest()
  return ids
}

const feedback = (fields: object): string => {
  const event_id = newEventId()
  return [
    JSON.stringify({ event_id }),
    '{"type":"feedback"}',
    JSON.stringify({ event_id, contexts: { feedback: fields } }),
  ].join('\n')
}

const ask = (query: string, method = 'GET', token = service.token): Promise<Response> =>
  service.request(`/api/0/organizations/acme/personal-data/?${query}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  })

const records = async (query: string): Promise<{ kind: string; data: { eventId?: string } }[]> =>
  (await (await ask(query)).text())
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

describe('what is kept about a person', () => {
  test.each(['email=ADA@example.com', 'email=ada@example.com&id=ada-1'])('is exported whole by %s', async (query) => {
    const found = await records(query)
    expect(found.map(({ kind }) => kind).toSorted()).toEqual(['event', 'event', 'event', 'feedback'])
    expect(found.map(({ data }) => data.eventId)).toEqual(expect.arrayContaining(adas))
    expect(JSON.stringify(found)).not.toContain('bob')
  })

  test('is found by ID or address alone, as far as the events have them', async () => {
    expect(await records('id=ada-1')).toHaveLength(2)
    expect(await records('ip=203.0.113.7')).toHaveLength(2)
    expect(await records('id=nobody')).toEqual([])
  })

  test('is for those who may, and about somebody', async () => {
    const reader = await service.createToken('acme', ['org:read', 'event:read'])
    expect((await ask('id=ada-1', 'GET', reader)).status).toBe(403)
    expect((await ask('id=ada-1', 'DELETE', reader)).status).toBe(403)
    expect((await ask('')).status).toBe(400)
    const stranger = await service.createToken('others')
    expect((await ask('id=ada-1', 'DELETE', stranger)).status).toBe(404)
  })

  test('is erased, with a receipt that does not name them, and nobody else loses anything', async () => {
    const response = await ask('email=ada@example.com&id=ada-1&ip=203.0.113.7', 'DELETE')
    const receipt = (await response.json()) as { id: string; erased: object }
    expect(receipt.erased).toMatchObject({ events: 3, issues: 1, feedback: 1, tags: 1, deadLetters: 1 })
    expect(await records('email=ada@example.com&id=ada-1&ip=203.0.113.7')).toEqual([])
    expect(await records('id=bob-1&email=bob@example.com')).toHaveLength(2)
    expect((await service.stores.events.find(service.project.id, bobs[0]!))?.eventId).toBe(bobs[0])
    const receipts = await service.read('/api/0/organizations/acme/erasures/')
    expect(await receipts.json()).toEqual([receipt])
    expect(JSON.stringify(receipt)).not.toMatch(/ada/i)
  })

  test('is not even in the file any more, and the counters still agree', async () => {
    const db = await openDatabase(service.data)
    expect(await miscounted(db)).toEqual([])
    await db.destroy()
    const bytes = await everythingStored(service.data)
    expect(bytes).toContain('bob@example.com')
    expect(bytes).not.toMatch(/ada@example\.com|ada-1|203\.0\.113\.7/i)
  })
})

describe('how much of a project is kept', () => {
  const path = '/api/0/projects/acme/shop/retention/'
  const put = (body: object): Promise<Response> =>
    service.request(path, {
      method: 'PUT',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    })

  test("is the operator's choice until the project has its own", async () => {
    expect(await (await service.read(path)).json()).toMatchObject({ days: 90, own: [] })
    expect(await (await put({ days: 14 })).json()).toMatchObject({ days: 14, events: 1_000_000, own: ['days'] })
    expect(await (await put({ days: null })).json()).toMatchObject({ days: 90, own: [] })
  })

  test('is refused with what is allowed', async () => {
    const response = await put({ days: 0 })
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: { days: [expect.stringContaining('from 1')] } },
    ])
    expect((await put({ weeks: 2 })).status).toBe(400)
  })
})
