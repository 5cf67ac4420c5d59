import { afterEach, beforeEach, expect, test } from 'vitest'
import { sqlGroupingSettings } from '../src/adapters/sql/grouping-settings.ts'
import type { GroupingVersionJson } from '../src/api/grouping-shapes.ts'
import type { EventJson } from '../src/api/event-shapes.ts'
import type { IssueJson } from '../src/api/shapes.ts'
import { regroup } from '../src/regrouping/regroup.ts'
import { groupBy } from './grouped-by.ts'
import { envelope, errorEvent, startService, type TestEvent, type TestService } from './harness.ts'
import { bundleOf, upload } from './upload.ts'
import { openDatabase } from './main-store.ts'

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const RULES_KEPT_MS = 5000
const path = '/api/0/projects/acme/shop/grouping-version/'

const reading = (property: string, fields: TestEvent = {}) =>
  errorEvent({
    exception: {
      values: [{ type: 'TypeError', value: `Cannot read properties of undefined (reading '${property}')` }],
    },
    ...fields,
  })

const send = async (...events: TestEvent[]): Promise<void> => {
  for (const event of events) await service.post(service.envelopePath, envelope(event))
  await service.digest()
}

const ask = (method: string, url: string, body: unknown): Promise<Response> =>
  service.request(url, {
    method,
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
  })

const switchTo = async (version: number): Promise<Response> => {
  const response = await ask('PUT', path, { version })
  service.clock.now += RULES_KEPT_MS + 1
  while (await regroup(service.stores));
  return response
}

const counts = async (): Promise<string[]> => {
  const list = (await (await service.read('/api/0/projects/acme/shop/issues/?query=')).json()) as IssueJson[]
  return list.map(({ count }) => count).toSorted()
}

const groupingOf = async ({ event_id: id }: { event_id: string }): Promise<EventJson['grouping']> =>
  ((await (await service.read(`/api/0/projects/acme/shop/events/${id}/`)).json()) as EventJson).grouping

test('a new project gets the newest version, one that is there keeps its own', async () => {
  expect(await (await service.read(path)).json()).toMatchObject({ version: 2, newest: 2, former: null })
  await send(reading('price'), reading('name'))
  expect(await counts()).toEqual(['1', '1'])
  await groupBy(service, 1)
  service.clock.now += RULES_KEPT_MS + 1
  expect(await (await service.read(path)).json()).toMatchObject({ version: 1, newest: 2 })
  const [price, name] = [reading('price'), reading('name')]
  await send(price, name)
  expect((await groupingOf(price)).keys).toEqual((await groupingOf(name)).keys)
})

test('going over to a newer version splits nothing, neither of before nor of afterwards, and tells nobody', async () => {
  await groupBy(service, 1)
  const price = reading('price')
  await send(price, reading('name'))
  expect(await counts()).toEqual(['2'])
  expect((await switchTo(2)).status).toBe(200)
  await send(reading('price'), reading('name'))
  expect(await counts()).toEqual(['4'])
  expect(service.told).toHaveLength(1)
  const { version, keys } = await groupingOf(price)
  expect(version).toBe(2)
  expect(keys.map(({ parts }) => parts[1])).toEqual(['price of nullish', 'property of nullish'])
})

test('maps and words lead to the issues of before', async () => {
  const frames = [{ filename: 'https://shop.test/static/app.js', function: 'n', lineno: 1, colno: 10 }]
  const at = (release: string) => {
    const value = "Cannot read properties of undefined (reading 'price')"
    return errorEvent({ release, exception: { values: [{ type: 'TypeError', value, stacktrace: { frames } }] } })
  }
  await groupBy(service, 1)
  await upload(service, bundleOf({ debugId: null }), { version: 'mapped' })
  await send(at('mapped'))
  await switchTo(2)
  await send(at('mapped'), at('unmapped'))
  expect(await counts()).toEqual(['3'])
})

test('what appears after the switch is told apart by the newer version', async () => {
  await groupBy(service, 1)
  await send(errorEvent({ exception: { values: [{ type: 'Error', value: 'another fault' }] } }))
  await switchTo(2)
  await send(reading('price'), reading('name'))
  expect(await counts()).toEqual(['1', '1', '1'])
})

test('issues of the former version are met for thirty days', async () => {
  await groupBy(service, 1)
  await switchTo(2)
  const answer = (await (await service.read(path)).json()) as GroupingVersionJson
  const until = Date.parse(answer.formerUntil!)
  expect(answer).toMatchObject({ version: 2, former: 1 })
  const db = await openDatabase(service.data)
  const at = (now: number) => sqlGroupingSettings(db, () => now).get(service.project.id)
  expect((await at(until - 1)).versions).toEqual([2, 1])
  expect(await at(until)).toMatchObject({ versions: [2], formerUntil: null })
  await db.destroy()
})

test('a preview tells what the newer version would do', async () => {
  await groupBy(service, 1)
  await send(reading('price'), reading('name'))
  const preview = await ask('POST', '/api/0/projects/acme/shop/grouping-rules/preview/', { version: 2 })
  expect(await preview.json()).toMatchObject({ events: 2, groupsBefore: 1, groupsAfter: 2 })
  expect(await counts()).toEqual(['2'])
})

test('the way back, and versions that do not exist, are refused', async () => {
  const back = await switchTo(1)
  expect(back.status).toBe(400)
  expect(await back.json()).toEqual({ detail: expect.stringContaining('newer') })
  const unknown = await switchTo(3)
  expect(unknown.status).toBe(400)
  expect(await unknown.text()).toContain('must be one of 1, 2')
})
