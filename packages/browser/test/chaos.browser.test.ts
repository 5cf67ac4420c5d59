import type { ClientEvent } from '@foghorn/protocol'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { stored } from './harness/buffer.ts'
import type { Answer } from './harness/ingest.ts'
import { useSite } from './harness/site.ts'

const site = useSite()

// `npm run test:long` has the time for 10,000 errors.
const [LOADS, PER_LOAD] = process.env['FOGHORN_LONG'] ? [500, 20] : [40, 10]
const FAILING_SHARE = 0.25
/** After so many loads the service is well for a moment, or the buffer's bound would be what is tested. */
const OUTAGE_LOADS = 10

/** The service has it, and the page does not know. */
const UNHEARD: Answer[] = ['lost', 'garbled', 'doubled', { status: 200, afterMs: 400 }]
const FAILURES: Answer[] = [
  'dropped',
  { status: 500 },
  { status: 503, afterMs: 200 },
  { status: 429, headers: { 'retry-after': '1' } },
]

/** The same chaos every time, as far as the order of the requests is the same. */
const createRandom = (seed: number) => (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}
const random = createRandom(7)

/** What is too large is so each time, and so is whatever travels with it. */
const isTooLarge = (body: string): boolean => body.includes('large')
const answerWell = (body: string): Answer => ({ status: isTooLarge(body) ? 413 : 200 })
const answerAtRandom = (body: string): Answer => {
  if (random() > FAILING_SHARE) return answerWell(body)
  const answers = isTooLarge(body) ? FAILURES : [...FAILURES, ...UNHEARD]
  return answers[Math.floor(random() * answers.length)]!
}

/** How each page's errors begin, before plain ones: two it does not want, and two of the others are over its budget. */
const KINDS = ['dull', 'secret', 'same', 'same', 'same', 'large']
const BUDGET = PER_LOAD - 6
const EXPECTED = {
  stored: LOADS * (BUDGET - 1),
  repeated: LOADS * 2,
  discarded: { ignored: LOADS, before_send: LOADS, flood: LOADS * 2, send_error: LOADS },
}

const failures = (load: number, everyMs: number): string => `
  Foghorn.init({
    maxEventsPerMinute: ${BUDGET},
    ignoreErrors: ['dull'],
    beforeSend: (event) => event.exception.values[0].value.startsWith('secret') ? null : event,
  })
  const names = Array.from({ length: ${PER_LOAD} }, (_, at) => ${JSON.stringify(KINDS)}[at] ?? 'plain ' + at)
  const report = (name) => reportError(new Error(name + ' of load ${load}'))
  if (${everyMs}) names.forEach((name, at) => setTimeout(report, at * ${everyMs}, name))
  else names.forEach((name) => report(name))
  setTimeout(() => { globalThis.isOver = true }, ${everyMs * PER_LOAD})`

interface Report {
  report_id: string
  discarded_events: { reason: string; category: string; quantity: number }[]
}

/** The service takes each ID once. */
const once = <T>(items: T[], idOf: (item: T) => string): T[] => [
  ...new Map(items.map((item) => [idOf(item), item])).values(),
]

const discarded = (): Record<string, number> => {
  const reports = site.ingest.items
    .filter((item) => item.type === 'client_report')
    .map((item) => item.payload as Report)
  const sums: Record<string, number> = {}
  for (const { reason, category, quantity } of once(reports, (report) => report.report_id).flatMap(
    (report) => report.discarded_events,
  ))
    if (category === 'error') sums[reason] = (sums[reason] ?? 0) + quantity
  return sums
}

const repeatsOf = (event: ClientEvent): number =>
  (event.contexts?.['repeats'] as { count: number } | undefined)?.count ?? 0

const books = () => {
  const events = once(site.ingest.events(), (event) => event.event_id)
  return {
    stored: events.filter((event) => repeatsOf(event) === 0).length,
    repeated: events.reduce((sum, event) => sum + repeatsOf(event), 0),
    discarded: discarded(),
  }
}

/** A visit that ends in the middle of sending, or after a while; the errors all at once, or one by one. */
const visit = async (page: Page, load: number): Promise<void> => {
  await page.goto(site.pages.url)
  await site.run(failures(load, random() < 0.5 ? 0 : 5), page)
  await page.waitForFunction('globalThis.isOver')
  if (random() < 0.5) await page.evaluate('Foghorn.flush(300)')
}

const recover = async (page: Page): Promise<void> => {
  site.ingest.answer = answerWell
  await page.goto(site.pages.url)
  const left = async (): Promise<number> => {
    await page.evaluate('Foghorn.flush(500)')
    return (await stored(page)) + ((await page.evaluate('localStorage.length')) as number)
  }
  await expect.poll(left, { interval: 200 }).toBe(0)
  site.ingest.answer = answerAtRandom
}

test(`${LOADS * PER_LOAD} errors, ${LOADS} page loads in two tabs, a service that fails at random: the books add up`, async () => {
  await site.open()
  const tabs = [site.page, await site.context.newPage()]
  site.ingest.answer = answerAtRandom
  for (let load = 0; load < LOADS; load += 1) {
    const page = tabs[Math.floor(random() * tabs.length)]!
    await visit(page, load)
    if (load % OUTAGE_LOADS === OUTAGE_LOADS - 1) await recover(page)
  }
  for (const page of tabs) await recover(page)
  expect(books()).toEqual(EXPECTED)
  expect(site.ingest.events().length).toBeGreaterThan(EXPECTED.stored)
}, 900_000)
