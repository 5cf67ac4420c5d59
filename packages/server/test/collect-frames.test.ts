import { describe, expect, test } from 'vitest'
import type { EventJson } from '../src/api/event-shapes.ts'
import { regroup } from '../src/regrouping/regroup.ts'
import { collectFrames, collectingFrames } from '../src/retention/collect-frames.ts'
import { envelope, errorEvent } from './harness.ts'
import { bundleOf, upload } from './upload.ts'
import { db, service, useServiceAndStore } from './service-and-store.ts'

const DAY = 24 * 3_600_000

useServiceAndStore()

const errorIn = (name: string) => {
  const frames = [{ filename: `https://shop.test/static/${name}.js`, function: name, lineno: 1, colno: 10 }]
  return errorEvent({ exception: { values: [{ type: 'Error', value: name, stacktrace: { frames } }] } })
}

const happen = async (name: string): Promise<string> => {
  const event = errorIn(name)
  await service.post(service.envelopePath, envelope(event))
  await service.digest()
  return event.event_id
}

/** Personal data apart, only retention deletes events; here it is everything that is not named. */
const deleteAllBut = async (...kept: string[]): Promise<void> => {
  const { id } = service.project
  const { retention } = service.stores
  const rows = await db.selectFrom('event').select(['id', 'event_id']).execute()
  const gone = rows.filter((row) => !kept.includes(row.event_id)).map((row) => row.id)
  await db.updateTable('event').set({ received_at: 0 }).where('id', 'in', gone).execute()
  await db.updateTable('issue').set({ last_seen: 0 }).execute()
  await retention.deleteAged(id, 1, { receivedAt: 0, id: 0 })
}

const later = (days: number) => service.clock.now + days * DAY

const collect = async (days: number): Promise<void> => {
  for await (const _step of collectFrames({ frames: service.stores.frames, now: () => later(days) }));
}

const functions = async (): Promise<(string | undefined)[]> => {
  const rows = await db.selectFrom('frame').select('body').orderBy('id').execute()
  return rows.map(({ body }) => (JSON.parse(body) as { function?: string }).function)
}

const stackOf = async (eventId: string) => {
  const response = await service.read(`/api/0/projects/acme/shop/events/${eventId}/`)
  const entry = ((await response.json()) as EventJson).entries.find(({ type }) => type === 'exception')
  return entry?.type === 'exception' ? entry.data.values[0]!.stacktrace!.frames.map((frame) => frame.function) : []
}

describe('frames that no event shows any more', () => {
  test('go, and the others stay', async () => {
    const [kept] = [await happen('kept'), await happen('gone'), await happen('gone')]
    await deleteAllBut(kept!)
    expect(await functions()).toEqual(['kept', 'gone'])
    await collect(1)
    expect(await functions()).toEqual(['kept'])
    expect(await stackOf(kept!)).toEqual(['kept'])
  })

  test('are also those that late maps have replaced', async () => {
    const event = await happen('app')
    await upload(service, bundleOf({ debugId: null }))
    while (await regroup(service.stores));
    expect(await functions()).toEqual(['app', 'fail'])
    await collect(1)
    expect(await functions()).toEqual(['fail'])
    expect(await stackOf(event)).toEqual(['fail'])
  })

  test('stay when an event shows them again while the collection is under way', async () => {
    const [kept] = [await happen('kept'), await happen('back'), await happen('gone')]
    await deleteAllBut(kept!)
    service.clock.now += DAY
    const steps = collectFrames({ frames: service.stores.frames, now: () => later(0) })
    await steps.next()
    const again = await happen('back')
    for await (const _step of steps);
    expect(await functions()).toEqual(['kept', 'back'])
    expect(await stackOf(again)).toEqual(['back'])
  })

  test('are looked for once a day, in steps', async () => {
    for (let count = 0; count < 450; count += 1) await service.post(service.envelopePath, envelope(errorIn('many')))
    await service.digest()
    const clock = { now: later(1) }
    const step = collectingFrames({ frames: service.stores.frames, now: () => clock.now })
    const turns = async (): Promise<number> => {
      let count = 0
      while (await step()) count += 1
      return count
    }
    expect(await turns()).toBe(0)
    clock.now += DAY / 24
    expect(await turns()).toBe(4)
    expect(await turns()).toBe(0)
    clock.now += DAY
    expect(await turns()).toBe(4)
    expect(await functions()).toEqual(['many'])
  })
})
