import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EventJson, IssueJson } from '../src/api/shapes.ts'
import { regroup } from '../src/regrouping/regroup.ts'
import { envelope, errorEvent, startService, type TestEvent, type TestService } from './harness.ts'
import { bundleOf, DEBUG_ID, upload } from './upload.ts'

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const URL = 'https://shop.test/static/app.js'

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
    await service.stores.regrouping.requestForProject({
      projectId: service.project.id,
      cause: 'rules-changed',
      about: 'again',
    })
    await finish()
    expect((await service.stores.regrouping.list(service.project.id, 1))[0]).toMatchObject({ checked: 250, changed: 0 })
  })
})
