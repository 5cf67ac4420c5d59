import { expect, test } from 'vitest'
import type { Explanation } from '../src/explain.ts'
import { useSite } from './harness/site.ts'

const site = useSite()

const explain = (stack: string): Promise<Explanation> =>
  site.page.evaluate((text) => {
    const error = Object.assign(new Error('why'), { stack: text })
    return (globalThis as unknown as { Foghorn: { explain(error: unknown): Explanation } }).Foghorn.explain(error)
  }, stack)

test('explain() shows frames, verdict, the rule that speaks against it, and the size; nothing is sent', async () => {
  const page = await site.open({ denyUrls: ['cdn.example'] })
  const { frames, droppedBy, event, bytes } = await explain('Error: why\n    at f (https://cdn.example/lib.js:3:14)')
  expect(frames).toEqual([
    { function: 'f', filename: 'https://cdn.example/lib.js', lineno: 3, colno: 14, in_app: true },
  ])
  expect(droppedBy).toBe('denied_url')
  expect(event.contexts).toMatchObject({ diagnosis: { origin: 'third-party' } })
  expect(bytes).toBe(JSON.stringify(event).length)
  const own = await explain(`Error: why\n    at g (${site.pages.url}/app.js:1:1)`)
  expect([own.droppedBy, own.event.contexts]).toMatchObject([undefined, { diagnosis: { origin: 'first-party' } }])
  expect(await page.evaluate('Foghorn.flush().then(() => Foghorn.stats())')).toEqual({
    accepted: 0,
    sent: 0,
    waiting: 0,
    dropped: {},
  })
  expect(site.ingest.bodies).toEqual([])
})
