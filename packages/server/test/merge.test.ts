import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { IssueHashJson, MergePreviewJson, TransferJson } from '../src/api/grouping-shapes.ts'
import type { IssueJson } from '../src/api/shapes.ts'
import { regroup } from '../src/regrouping/regroup.ts'
import { envelope, newEventId, startService, type TestService } from './harness.ts'

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const send = async (...messages: string[]): Promise<void> => {
  for (const message of messages)
    await service.post(service.envelopePath, envelope({ event_id: newEventId(), message, user: { id: message } }))
  await service.digest()
}

const finish = async (): Promise<void> => {
  while (await regroup(service.stores));
}

const base = '/api/0/organizations/acme/issues/'
const ask = async (method: string, path: string, body?: unknown): Promise<Response> => {
  const response = await service.request(`${base}${path}`, {
    method,
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  await finish()
  return response
}
const get = async <Body>(path: string): Promise<Body> => (await (await ask('GET', path)).json()) as Body
const issues = async (): Promise<[string, string, number][]> =>
  (await get<IssueJson[]>('?query=&sort=new')).map(({ title, count, userCount }) => [title, count, userCount])
const idOf = async (title: string): Promise<string> =>
  (await get<IssueJson[]>('?query=')).find((issue) => issue.title === title)!.id

/** What the feed of an issue tells of where its events came from and went to, the newest first. */
const feed = async (id: string): Promise<[string, unknown][]> => {
  const { activity } = await get<{ activity: { type: string; data: unknown }[] }>(`${id}/activities/`)
  return activity.map(({ type, data }) => [type, data])
}

describe('merging', () => {
  test('puts figures together, keeps old addresses working, and teaches', async () => {
    await send('apples', 'apples', 'pears')
    const [apples, pears] = [await idOf('apples'), await idOf('pears')]
    const response = await ask('PUT', `?id=${pears}&id=${apples}`, { merge: 1 })
    expect(await response.json()).toEqual({ merge: { parent: apples, children: [pears] } })
    expect(await issues()).toEqual([['pears', '3', 2]])
    await send('pears')
    expect(await issues()).toEqual([['pears', '4', 2]])
    expect((await get<IssueJson>(`${pears}/`)).id).toBe(apples)
    expect(service.told).toHaveLength(2)
  })

  test('shows before what it would swallow', async () => {
    await send('apples', 'apples', 'pears')
    const [apples, pears] = [await idOf('apples'), await idOf('pears')]
    const preview = await get<MergePreviewJson>(`merge-preview/?id=${pears}&id=${apples}`)
    expect(preview).toMatchObject({ parent: apples, count: 3 })
    expect(preview.issues.map(({ title, groupedBy }) => [title, groupedBy])).toEqual([
      ['apples', ['<message>', 'apples']],
      ['pears', ['<message>', 'pears']],
    ])
    expect(await issues()).toHaveLength(2)
  })

  test('can be undone, with what came since', async () => {
    await send('apples', 'apples', 'pears')
    const [apples, pears] = [await idOf('apples'), await idOf('pears')]
    await ask('PUT', `?id=${pears}&id=${apples}`, { merge: 1 })
    await send('pears')
    const [transfer] = await get<TransferJson[]>(`${apples}/transfers/`)
    expect(transfer).toMatchObject({ from: pears, to: apples, cause: 'merged', undone: null })
    expect((await ask('DELETE', `${apples}/transfers/${transfer!.id}/`)).status).toBe(204)
    expect((await issues()).toSorted()).toEqual([
      ['apples', '2', 1],
      ['pears', '2', 1],
    ])
    expect((await get<IssueJson>(`${pears}/`)).id).toBe(pears)
    expect((await ask('DELETE', `${apples}/transfers/${transfer!.id}/`)).status).toBe(404)
  })

  test('is told in the feeds, and what people wrote follows it there and back', async () => {
    await send('apples', 'apples', 'pears')
    const [apples, pears] = [await idOf('apples'), await idOf('pears')]
    await ask('POST', `${pears}/comments/`, { text: 'only on Mondays' })
    await ask('PUT', `?id=${pears}&id=${apples}`, { merge: 1 })
    const note = ['note', expect.objectContaining({ text: 'only on Mondays' })]
    expect((await feed(apples)).slice(0, 2)).toEqual([['merge', { issues: [{ id: pears }] }], note])
    const [transfer] = await get<TransferJson[]>(`${apples}/transfers/`)
    await ask('DELETE', `${apples}/transfers/${transfer!.id}/`)
    expect((await feed(apples))[0]).toEqual(['unmerge_source', { destination: { id: pears }, undone: true }])
    expect((await feed(apples)).map(([type]) => type)).not.toContain('note')
    expect((await feed(pears)).slice(0, 2)).toEqual([
      ['unmerge_destination', { source: { id: apples }, undone: true }],
      note,
    ])
  })

  test('takes hashes out again, each with its events', async () => {
    await send('apples', 'pears', 'plums')
    const ids = await Promise.all(['apples', 'pears', 'plums'].map(idOf))
    await ask('PUT', `?${ids.map((id) => `id=${id}`).join('&')}`, { merge: 1 })
    const [{ id }] = (await get<IssueJson[]>('?query=')) as [IssueJson]
    const hashes = await get<IssueHashJson[]>(`${id}/hashes/`)
    expect(hashes.map(({ count }) => count)).toEqual([1, 1, 1])
    expect((await ask('DELETE', `${id}/hashes/?id=${hashes[0]!.id}`)).status).toBe(202)
    expect((await issues()).map(([, count]) => count).toSorted()).toEqual(['1', '2'])
    expect((await ask('DELETE', `${id}/hashes/?id=${hashes.map((one) => one.id).join('&id=')}`)).status).toBe(400)
  })

  test('refuses one issue alone, and issues of others', async () => {
    await send('apples')
    const apples = await idOf('apples')
    expect((await ask('PUT', `?id=${apples}&id=${apples}`, { merge: 1 })).status).toBe(400)
    expect((await ask('PUT', `?id=${apples}&id=99`, { merge: 1 })).status).toBe(404)
    const stranger = await service.createToken('other')
    const response = await service.request(`${base}?id=1&id=2`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${stranger}`, 'content-type': 'application/json' },
      body: '{"merge":1}',
    })
    expect(response.status).toBe(404)
  })
})
