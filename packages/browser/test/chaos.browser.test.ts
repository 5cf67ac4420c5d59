import { expect, test } from 'vitest'
import type { Answer } from './harness/ingest.ts'
import { useSite } from './harness/site.ts'

const site = useSite()

const LOADS = 50
const ERRORS_PER_LOAD = 8
const TOTAL = LOADS * ERRORS_PER_LOAD
const FAILURES: Answer[] = ['lost', 'dropped', { status: 500 }, { status: 429, headers: { 'retry-after': '1' } }]

/** The same chaos every time. */
const createRandom = (seed: number) => (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}

// What is too large is too large each time it is sent.
const isTooLarge = (body: string): boolean => /^{"event_id":"[0-2]/.test(body)

interface Report {
  report_id: string
  discarded_events: { category: string; quantity: number }[]
}

const stored = (): number => new Set(site.ingest.events().map((event) => event.event_id)).size

const discarded = (): number => {
  const reports = site.ingest.items
    .filter((item) => item.type === 'client_report')
    .map((item) => item.payload as Report)
  const once = new Map(reports.map((report) => [report.report_id, report]))
  const errors = [...once.values()]
    .flatMap((report) => report.discarded_events)
    .filter(({ category }) => category === 'error')
  return errors.reduce((sum, { quantity }) => sum + quantity, 0)
}

test('over many page loads and a service that fails at random, each error is stored once or reported as discarded', async () => {
  const random = createRandom(7)
  site.ingest.answer = (body) => {
    if (isTooLarge(body)) return { status: 413 }
    return random() < 0.75 ? { status: 200 } : FAILURES[Math.floor(random() * FAILURES.length)]!
  }
  for (let load = 0; load < LOADS; load += 1) {
    await site.open({ maxEventsPerMinute: 1000 })
    await site.run(
      `for (let i = 0; i < ${ERRORS_PER_LOAD}; i++) setTimeout(() => { throw new Error('chaos ${load}.' + i) }, i)`,
    )
    await expect.poll(() => site.page.evaluate('Foghorn.stats().accepted')).toBe(ERRORS_PER_LOAD)
    if (random() < 0.5) await site.page.evaluate('Foghorn.flush(300)')
  }
  site.ingest.answer = (body) => ({ status: isTooLarge(body) ? 413 : 200 })
  await site.open()
  const total = async (): Promise<number> => {
    await site.page.evaluate('Foghorn.flush(500)')
    return stored() + discarded()
  }
  await expect.poll(total, { timeout: 60_000, interval: 500 }).toBe(TOTAL)
  expect(stored()).toBeGreaterThan(TOTAL / 2)
  expect(discarded()).toBeGreaterThan(0)
}, 180_000)
