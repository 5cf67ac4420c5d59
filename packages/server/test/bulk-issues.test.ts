import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BulkChangeJson, IssueJson } from '../src/index.ts'
import { envelope, newEventId, startService, type TestService } from './harness.ts'
import { openDatabase } from './main-store.ts'

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const send = async (...messages: string[]): Promise<void> => {
  for (const message of messages)
    await service.post(service.envelopePath, envelope({ event_id: newEventId(), message }))
  await service.digest()
}

const put = async (path: string, body: object): Promise<BulkChangeJson> => {
  const response = await service.request(`/api/0${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
  return (await response.json()) as BulkChangeJson
}

const PROJECT = '/projects/acme/shop/issues/'
const list = async (query: string): Promise<string[]> => {
  const response = await service.read(`/api/0${PROJECT}?query=${encodeURIComponent(query)}&sort=new&limit=100`)
  return ((await response.json()) as IssueJson[]).map(({ title }) => title).toSorted()
}

describe('many issues are changed at once', () => {
  beforeEach(() => send('apple', 'pear', 'plum'))

  test('those that are named', async () => {
    expect(await put(`${PROJECT}?id=1&id=3`, { status: 'resolved' })).toMatchObject({ changed: 2, more: false })
    expect(await list('is:unresolved')).toEqual(['pear'])
  })

  test('those that a search finds', async () => {
    expect(await put('/organizations/acme/issues/?query=apple', { priority: 'high' })).toMatchObject({ changed: 1 })
    expect(await list('priority:high')).toEqual(['apple'])
  })

  test('all of them, and those of a status, as sentry-cli asks', async () => {
    expect(await put(`${PROJECT}?`, { status: 'muted' })).toMatchObject({ changed: 3 })
    expect(await put(`${PROJECT}?status=ignored`, { status: 'unresolved' })).toMatchObject({ changed: 3 })
    expect(await put(`${PROJECT}?status=ignored`, { status: 'resolved' })).toMatchObject({ changed: 0 })
  })

  test('none of another organization', async () => {
    const stranger = await service.createToken('other')
    const response = await service.request(`/api/0/organizations/other/issues/?id=1`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${stranger}`, 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'resolved' }),
    })
    expect(response.status).toBe(404)
    expect(await list('is:unresolved')).toHaveLength(3)
  })
})

test('10,000 issues are changed by one request, in steps that let others in between', async () => {
  await send('the first')
  const db = await openDatabase(service.data)
  const { id: _id, ...like } = await db.selectFrom('issue').selectAll().executeTakeFirstOrThrow()
  for (let from = 2; from <= 10_200; from += 100)
    await db
      .insertInto('issue')
      .values(
        Array.from({ length: 100 }, (_, index) => ({ ...like, number: from + index, title: `issue ${from + index}` })),
      )
      .execute()
  let asked = 0
  const changing = put(`${PROJECT}?query=${encodeURIComponent('is:unresolved')}`, {
    status: 'resolved',
    assignedTo: null,
  })
  const state = { isOver: false }
  void changing.then(() => (state.isOver = true))
  while (!state.isOver) {
    expect((await service.request('/healthz')).status).toBe(200)
    asked += 1
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await changing).toMatchObject({ changed: 10_000, more: true })
  expect(asked).toBeGreaterThan(20)
  expect(await put(`${PROJECT}?query=${encodeURIComponent('is:unresolved')}`, { status: 'resolved' })).toMatchObject({
    changed: 201,
    more: false,
  })
  const count = (table: 'issue' | 'issue_activity') =>
    db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
  expect([await count('issue'), await count('issue_activity')]).toEqual([{ total: 10_201 }, { total: 10_201 }])
  await db.destroy()
}, 180_000)
