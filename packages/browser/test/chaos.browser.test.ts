import { expect, test } from 'vitest'
import type { Answer } from './harness/ingest.ts'
import { useSite } from './harness/site.ts'

const site = useSite()

const LOADS = 25
const ERRORS_PER_LOAD = 20
const TOTAL = LOADS * ERRORS_PER_LOAD

/** The same chaos every time. */
const createRandom = (seed: number) => (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}

interface Report {
  report_id: string
  discarded_events: { reason: string; category: string; quantity: number }[]
}

test('over many page loads and a service that fails at random, each error is stored once or reported as discarded', async () => {
  const random = createRandom(7)
  const kinds: Answer[] = [
    'lost',
    'dropped',
    { status: 500 },
    { status: 413 },
    { status: 429, headers: { 'retry-after': '1' } },
  ]
  site.ingest.answer = (body) => {
    if (random() < 0.6) return { status: 200 }
    const answer = kinds[Math.floor(random() * kinds.length)]!
    // A refused report cannot be reported.
    return body.includes('client_report') && typeof answer === 'object' && answer.status === 413 ? 'dropped' : answer
  }
  for (let load = 0; load < LOADS; load += 1) {
    await site.open({ maxEventsPerMinute: 1000, sources: undefined })
    await site.run(
      `for (let i = 0; i < ${ERRORS_PER_LOAD}; i++) setTimeout(() => { throw new Error('chaos ${load}.' + i) }, i)`,
    )
    await expect.poll(() => site.page.evaluate('Foghorn.stats().accepted')).toBe(ERRORS_PER_LOAD)
    if (random() < 0.3) await site.page.evaluate('Foghorn.flush(300)')
  }
  site.ingest.answer = () => ({ status: 200 })
  await site.open()

  const stored = (): number => new Set(site.ingest.events().map((event) => event.event_id)).size
  const discarded = (): number => {
    const reports = site.ingest.items
      .filter((item) => item.type === 'client_report')
      .map((item) => item.payload as Report)
    const once = new Map(reports.map((report) => [report.report_id, report]))
    return [...once.values()]
      .flatMap((report) => report.discarded_events)
      .filter(({ category }) => category === 'error')
      .reduce((sum, { quantity }) => sum + quantity, 0)
  }
  await expect.poll(() => stored() + discarded(), { timeout: 60_000, interval: 500 }).toBe(TOTAL)
  expect(stored()).toBeGreaterThan(TOTAL / 2)
}, 180_000)
