import type { MapIndex } from '@foghorn/symbolicate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EventJson } from '../src/api/event-shapes.ts'
import type { IssueJson } from '../src/api/shapes.ts'
import type { FindMap } from '../src/ports/find-map.ts'
import { regroup } from '../src/regrouping/regroup.ts'
import { envelope, errorEvent, startService, type TestEvent, type TestService } from './harness.ts'
import { bundleOf, DEBUG_ID, SCRIPT, upload } from './upload.ts'
import { dieAtInsert, openDatabase } from './main-store.ts'

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const URL = 'https://shop.test/static/app.js'

const FAULT = { type: 'Error', value: 'broken' }

/** An error whose frames stand at columns of the one script; the uploaded map leads all of them to source.ts. */
const errorAt = (columns: readonly number[], { value = 'broken', ...fields }: TestEvent & { value?: string } = {}) =>
  errorEvent({
    debug_meta: { images: [{ type: 'sourcemap', code_file: URL, debug_id: DEBUG_ID }] },
    exception: {
      values: [
        {
          type: 'Error',
          value,
          stacktrace: { frames: columns.map((colno) => ({ filename: URL, function: 'n', lineno: 1, colno })) },
        },
      ],
    },
    ...fields,
  })

const send = async (...events: TestEvent[]): Promise<void> => {
  for (const event of events) expect((await service.post(service.envelopePath, envelope(event))).status).toBe(200)
  await service.digest()
}

/** The same maps, and how often each position was looked up in them. */
const counting = (find: FindMap) => {
  const asked = new Map<string, number>()
  const counted = new WeakMap<MapIndex, MapIndex>()
  const count = (index: MapIndex): MapIndex => ({
    ...index,
    lookup: (position) => {
      const place = `${position.line}:${position.column}`
      asked.set(place, (asked.get(place) ?? 0) + 1)
      return index.lookup(position)
    },
  })
  const findMap: FindMap = async (query, frame) => {
    const answer = await find(query, frame)
    if ('reason' in answer) return answer
    if (!counted.has(answer.index)) counted.set(answer.index, count(answer.index))
    return { ...answer, index: counted.get(answer.index)! }
  }
  return { findMap, asked }
}

const finish = async (): Promise<void> => {
  while (await regroup(service.stores));
}

const readEvent = async (id: string): Promise<EventJson> =>
  (await (await service.read(`/api/0/projects/acme/shop/events/${id}/`)).json()) as EventJson

const issues = async (): Promise<IssueJson[]> =>
  (await (await service.read('/api/0/projects/acme/shop/issues/?query=')).json()) as IssueJson[]

const topFrame = (event: EventJson) => {
  const entry = event.entries.find((one) => one.type === 'exception')!
  return entry.data.values[0]!.stacktrace!.frames.at(-1)!
}

describe('a map that arrives after the error', () => {
  test('gives the stored event its original stack, and tells nobody', async () => {
    const event = errorAt([10])
    await send(event)
    expect(topFrame(await readEvent(event.event_id)).resolution).toMatchObject({ reason: 'no-artifact' })
    await upload(service, bundleOf())
    await finish()
    const read = await readEvent(event.event_id)
    expect(topFrame(read)).toMatchObject({ filename: 'src/source.ts', function: 'fail', lineNo: 2 })
    expect(read.culprit).toBe('fail (src/source.ts)')
    expect(read.grouping.keys.map(({ variant }) => variant)).toEqual(['frames', 'message'])
    expect(service.told).toHaveLength(1)
    expect((await issues()).map(({ culprit, count }) => [culprit, count])).toEqual([['fail (src/source.ts)', '1']])
  })

  test('of another build says on the frame which upload it was', async () => {
    const event = errorAt([10], { release: 'web@2' })
    await send(event)
    await upload(service, bundleOf({ debugId: 'b'.repeat(32) }), { version: 'web@1' })
    await finish()
    expect(topFrame(await readEvent(event.event_id)).resolution).toMatchObject({
      status: 'unresolved',
      reason: 'no-artifact',
      advice: expect.stringContaining('upload the maps'),
      candidates: [{ script: '~/static/app.js', release: 'web@1', differsIn: 'debug-id', has: 'b'.repeat(32) }],
    })
  })

  test('that does not have the position is named on the frame', async () => {
    await upload(service, bundleOf(), { version: 'web@1' })
    const event = errorAt([10])
    event.exception = { values: [{ ...FAULT, stacktrace: { frames: [{ filename: URL, lineno: 7, colno: 10 }] } }] }
    await send(event)
    expect(topFrame(await readEvent(event.event_id)).resolution).toMatchObject({
      reason: 'position-outside',
      candidates: [{ script: '~/static/app.js', release: 'web@1', differsIn: 'position' }],
    })
  })

  test('brings issues together that only the words of engines told apart', async () => {
    const [a, b] = [errorAt([10], { value: 'kaputt' }), errorAt([10], { value: 'broken' })]
    await send(a, b)
    expect(await issues()).toHaveLength(2)
    await upload(service, bundleOf())
    await finish()
    const [one, ...others] = await issues()
    expect(others).toEqual([])
    expect(one).toMatchObject({ count: '2' })
    const old = await readEvent(a.event_id)
    expect(old.groupID).toBe(one!.id)
  })

  test('is told in the feeds of the issues that it brought together, and what people wrote follows', async () => {
    await send(errorAt([10], { value: 'kaputt' }), errorAt([10], { value: 'broken' }))
    const authorization = `Bearer ${service.token}`
    for (const { id, title } of await issues())
      await service.request(`/api/0/organizations/acme/issues/${id}/comments/`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ text: `about ${title}` }),
      })
    await upload(service, bundleOf())
    await finish()
    const [{ id }] = (await issues()) as [IssueJson]
    const read = await service.read(`/api/0/organizations/acme/issues/${id}/activities/`)
    const { activity } = (await read.json()) as { activity: { type: string; data: Record<string, unknown> }[] }
    const texts = activity.filter(({ type }) => type === 'note').map(({ data }) => data['text'])
    expect(texts.toSorted()).toEqual(['about Error: broken', 'about Error: kaputt'])
    expect(activity.filter(({ type }) => type === 'regrouped').map(({ data }) => data['cause'])).toContain(
      'artifacts-arrived',
    )
  })

  test('leaves addresses of issues that were closed leading to where their events went', async () => {
    const [a, b] = [errorAt([10], { value: 'kaputt' }), errorAt([10], { value: 'broken' })]
    await send(a, b)
    const before = await issues()
    await upload(service, bundleOf())
    await finish()
    const [left] = await issues()
    for (const { id } of before) {
      const response = await service.read(`/api/0/organizations/acme/issues/${id}/`)
      expect(((await response.json()) as IssueJson).id).toBe(left!.id)
    }
    const again = errorAt([99], { value: 'kaputt', debug_meta: undefined, release: 'unknown' })
    await send(again)
    expect(service.told).toHaveLength(2)
  })

  test('is the same as one that was there from the start', async () => {
    const events = [errorAt([10], { value: 'a 1' }), errorAt([10], { value: 'b' }), errorAt([1, 10], { value: 'c' })]
    await send(...events)
    await upload(service, bundleOf())
    await finish()
    const late = await Promise.all(events.map(({ event_id: id }) => readEvent(id)))
    await service.close()
    service = await startService()
    await upload(service, bundleOf())
    await send(...events)
    const early = await Promise.all(events.map(({ event_id: id }) => readEvent(id)))
    for (const [index, event] of late.entries()) {
      expect(event.grouping).toEqual(early[index]!.grouping)
      expect(event.entries).toEqual(early[index]!.entries)
    }
    const partition = (all: EventJson[]) => all.map(({ groupID }) => all.findIndex((one) => one.groupID === groupID))
    expect(partition(late)).toEqual(partition(early))
  })

  test('is noted together with the pass that it makes necessary, or not at all', async () => {
    const event = errorAt([10])
    await send(event)
    const db = await openDatabase(service.data)
    const revive = await dieAtInsert(db, 'regroup_job')
    expect((await upload(service, bundleOf())).status).toBe(500)
    await revive()
    await db.destroy()
    expect(await upload(service, bundleOf())).toMatchObject({ status: 200, body: { state: 'ok' } })
    await finish()
    expect(topFrame(await readEvent(event.event_id))).toMatchObject({ filename: 'src/source.ts', lineNo: 2 })
  })

  test('is looked for by events too that were under way when it came', async () => {
    await send(errorAt([10]))
    await upload(service, bundleOf())
    // As if its digest had looked for the map just before: it is stored after the pass was asked for.
    await send(errorAt([10]))
    await finish()
    const [pass] = await service.stores.regrouping.list(service.project.id, 1)
    expect(pass).toMatchObject({ total: 2, checked: 2 })
  })

  test('is asked once for each position, however many events and stacks run through it', async () => {
    const positions = 60
    const stacks = Array.from({ length: 2 * positions }, (_, number) => [
      1 + (number % positions),
      1 + ((number * 7) % positions),
      10,
    ])
    await send(...[...stacks, ...stacks].map((columns) => errorAt(columns)))
    await upload(service, bundleOf())
    const { findMap, asked } = counting(service.stores.findMap)
    while (await regroup({ ...service.stores, findMap }));
    const [pass] = await service.stores.regrouping.list(service.project.id, 1)
    expect(pass).toMatchObject({ checked: 4 * positions, changed: 4 * positions })
    expect([...asked.keys()].toSorted()).toEqual(
      Array.from({ length: positions }, (_, index) => `1:${index + 1}`).toSorted(),
    )
    expect(new Set(asked.values())).toEqual(new Set([1]))
  })

  test('is nothing to scripts of that name whose debug ID has a map already', async () => {
    await send(errorAt([10]))
    await upload(service, bundleOf())
    await finish()
    await upload(service, bundleOf({ debugId: 'b'.repeat(32) }))
    expect(await service.stores.regrouping.list(service.project.id, 9)).toHaveLength(1)
    // The same map once more, and scripts without debug ID.
    await upload(service, bundleOf({ script: `${SCRIPT}//` }))
    await send(errorAt([10], { debug_meta: undefined }))
    await upload(service, bundleOf({ debugId: null }))
    const passes = await service.stores.regrouping.list(service.project.id, 9)
    expect(passes.map(({ total }) => total)).toEqual([1, 1, 1])
  })

  test('goes on where it was after a kill, and finds nothing to do the second time', async () => {
    await send(...Array.from({ length: 250 }, () => errorAt([10])))
    await upload(service, bundleOf())
    await regroup(service.stores)
    const [half] = await service.stores.regrouping.list(service.project.id, 1)
    expect(half).toMatchObject({ total: 250, checked: 100, changed: 100, finishedAt: null })
    await finish()
    const [whole] = await service.stores.regrouping.list(service.project.id, 1)
    expect(whole).toMatchObject({ checked: 250, changed: 250, moved: 0 })
    expect(whole!.finishedAt).not.toBeNull()
    await service.stores.groupingSettings.setRules(service.project.id, [])
    await finish()
    expect((await service.stores.regrouping.list(service.project.id, 1))[0]).toMatchObject({ checked: 250, changed: 0 })
  })
})
