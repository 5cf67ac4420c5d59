import type { ClientEvent } from '@foghorn/protocol'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
// @ts-expect-error plain JavaScript, shared with the build scripts
import { buildSvelteKitApp, servePlayground } from '../../../scripts/playground.mjs'
import { PUBLIC_KEY } from '../../browser/test/harness/ingest.ts'
import { useSite } from '../../browser/test/harness/site.ts'

const site = useSite()
let dist: string
let served: { url: string; close: () => Promise<void> }

beforeAll(async () => {
  dist = await buildSvelteKitApp()
})
beforeEach(async () => {
  const { dsn, url: service } = site.ingest
  served = await servePlayground({ port: 0, service, dsn, publicKey: PUBLIC_KEY, release: 'harbour@1.0.0', dist })
  await site.page.goto(`${served.url}/`)
})
afterEach(() => served.close())

const follow = (name: string) => site.page.getByRole('link', { name }).click()
const alert = () => site.page.getByRole('alert')

/** Leaves the page, which sends what waits: one event too many would be among what arrives. */
const delivered = async (count: number): Promise<ClientEvent[]> => {
  await expect.poll(() => site.ingest.events().length).toBeGreaterThanOrEqual(count)
  await site.page.goto('about:blank')
  const events = [...new Map(site.ingest.events().map((event) => [event.event_id, event])).values()]
  expect(events).toHaveLength(count)
  return events
}

test('a failure of loading arrives once, with its route, and the error page shows what the own handler gives', async () => {
  await follow('Ferry 7')
  expect(await alert().textContent()).toBe('Not available (500)')
  const [event] = await delivered(1)
  expect(event!.exception!.values.at(-1)).toMatchObject({
    value: 'No departures of ferry 7',
    mechanism: { type: 'auto.function.svelte.handle_error', handled: true },
  })
  expect(event!.contexts!['svelte']).toEqual({ route: '/ferries/[id]', status: 500 })
})

test('a failure of rendering arrives once', async () => {
  await follow('Tide')
  const [event] = await delivered(1)
  expect(event!.exception!.values.at(-1)!.value).toBe('The tide gauge is dry')
})

test('what a boundary catches on a page that was rendered beforehand arrives once', async () => {
  await site.page.goto(`${served.url}/mast.html`)
  await site.page.getByRole('button', { name: 'Sail' }).click()
  expect(await alert().textContent()).toBe('No mast')
  const [event] = await delivered(1)
  expect(event!.exception!.values.at(-1)).toMatchObject({
    value: 'The mast is broken',
    mechanism: { type: 'auto.function.svelte.boundary', handled: true },
  })
})

test('a page that does not exist is no error', async () => {
  // What a server answers where it has no page; no route has this address.
  await site.page.goto(`${served.url}/app.html`)
  expect(await alert().textContent()).toBe('Not available (404)')
  await delivered(0)
})
