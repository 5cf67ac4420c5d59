// npm run bench -- dashboard [--json] [--issues N] [--events N] [--breadcrumbs N] [--runs N]: what the dashboard costs whoever
// looks at it, in Chromium, over a store with many issues: script of the first load, time until the list can be used, and
// how it answers hands on it, told by web-vitals.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright'
import { openStores } from '../packages/server/dist/stores.js'
import { CHROMIUM_ARGS, ensureChromium } from '../scripts/browsers.mjs'
import { printResult } from './browser/table.mjs'
import { fillStore } from './filled-store.mjs'
import { createService, stop } from './late-maps/service.mjs'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    issues: { type: 'string', default: '10000' },
    events: { type: 'string', default: '100000' },
    breadcrumbs: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '7' },
    port: { type: 'string', default: '5912' },
  },
})

const BUDGET = { script: 150_000, list: 1000, inp: 200, cls: 0.05 }

const fromSdk = createRequire(new URL('../packages/browser/package.json', import.meta.url))
const webVitals = readFileSync(join(dirname(fromSdk.resolve('web-vitals')), 'web-vitals.attribution.iife.js'), 'utf8')

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

/** An event with more breadcrumbs than any client may send, as the newest of an issue of its own. */
const addLongTrail = async (data, projectId, count) => {
  const now = Date.now()
  const breadcrumbs = Array.from({ length: count }, (_, index) => ({
    timestamp: (now - (count - index) * 200) / 1000,
    category: ['ui.click', 'fetch', 'console', 'navigation'][index % 4],
    message: `Step ${index}`,
    level: index % 9 === 0 ? 'warning' : 'info',
  }))
  const stores = await openStores(data)
  const metadata = { type: 'Error', value: 'A long trail' }
  const event = {
    projectId,
    eventId: 'f'.repeat(32),
    happenedAt: now,
    receivedAt: now,
    kind: 'error',
    times: 1,
    payload: {
      level: 'error',
      environment: 'production',
      exception: [metadata],
      breadcrumbs,
      contexts: {},
      tags: {},
    },
    stacks: [[]],
    usedMaps: [],
    grouping: {
      version: 1,
      keys: [{ variant: 'message', hash: 'long-trail', parts: ['A long trail'] }],
      ignored: [],
    },
    headline: { title: 'Error: A long trail', culprit: '', metadata },
  }
  await stores.events.store({ events: [stores.events.pack(event)] })
  await stores.close()
}

const logIn = async (page, url, inviteUrl) => {
  const token = new URL(inviteUrl).searchParams.get('token')
  await page.goto(`${url}/login`)
  await page.evaluate(async (link) => {
    const body = JSON.stringify({
      token: link,
      name: 'Ada',
      email: 'ada@example.com',
      password: 'a long tide comes in',
    })
    const answer = await fetch('/api/0/setup/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    if (!answer.ok) throw new Error(`The account could not be made: ${await answer.text()}`)
  }, token)
}

/** Lets web-vitals note into the page what it finds, from its first moment on. */
const watchVitals = (context) =>
  context.addInitScript({
    content: `${webVitals}
      window.noted = { INP: 0, CLS: 0, INP_at: '', CLS_at: '' }
      const note = ({ name, value, attribution: { interactionTarget, largestShiftTarget } }) => {
        window.noted[name] = value
        window.noted[name + '_at'] = interactionTarget || largestShiftTarget || ''
      }
      webVitals.onINP(note, { reportAllChanges: true, durationThreshold: 0 })
      webVitals.onCLS(note, { reportAllChanges: true })`,
  })

const vitalsOf = async (page) => {
  // Events are told after the frame that they led to.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300))))
  return page.evaluate(() => window.noted)
}

const ROWS = '.issues-list > *'

/** Opens the list with an empty cache, and tells when its first row stood there and the main thread was free. */
const loadList = async (browser, { url, state }) => {
  const context = await browser.newContext({ storageState: state, viewport: { width: 1440, height: 900 } })
  await watchVitals(context)
  const page = await context.newPage()
  const scripts = new Map()
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) scripts.set(response.url(), await response.body().catch(() => Buffer.alloc(0)))
  })
  await page.goto(`${url}/organizations/acme/issues`, { waitUntil: 'commit' })
  await page.locator(ROWS).first().waitFor()
  const ms = await page.evaluate(
    () => new Promise((resolve) => requestIdleCallback(() => resolve(performance.now()), { timeout: 5000 })),
  )
  const bytes = [...scripts.values()].reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0)
  return { page, context, ms, bytes }
}

/** What somebody does with the list: keys, filters, a search, an issue and back. */
const useList = async (page) => {
  for (const key of ['j', 'j', 'j', 'k', 'j']) await page.keyboard.press(key)
  await page.mouse.wheel(0, 2000)
  await page.getByRole('button', { name: 'Resolved', exact: true }).click()
  await page.getByRole('button', { name: 'Unresolved', exact: true }).click()
  await page.locator(ROWS).first().waitFor()
  await page.getByRole('link', { name: /order/ }).first().click()
  await page.getByRole('heading', { level: 1, name: /TypeError|order/ }).waitFor()
  await page.goBack()
  await page.locator(ROWS).first().waitFor()
}

const SCROLLS = 60

/** Shows the whole trail and scrolls to its other end and back. */
const useTrail = async (page, url) => {
  await page.goto(`${url}/organizations/acme/issues?query=${encodeURIComponent('"A long trail"')}`)
  await page
    .getByRole('link', { name: /A long trail/ })
    .first()
    .click()
  await page.getByRole('heading', { name: 'Breadcrumbs' }).waitFor()
  const more = page.getByRole('button', { name: /earlier|all/i }).filter({ hasText: /\d/ })
  if (await more.first().isVisible()) await more.first().click()
  await page
    .getByText(/Step \d+/)
    .last()
    .hover()
  for (let turn = 0; turn < SCROLLS; turn += 1) await page.mouse.wheel(0, turn < SCROLLS / 2 ? 900 : -900)
  await page.getByLabel('Filter breadcrumbs').pressSequentially('Step 99')
  return page.locator('[class*="trail"] li').count()
}

const measure = async (browser, site) => {
  const loads = []
  for (let run = 0; run < Number(values.runs); run += 1) {
    const { context, ms, bytes } = await loadList(browser, site)
    loads.push({ ms, bytes })
    await context.close()
  }
  const { page, context } = await loadList(browser, site)
  await useList(page)
  const list = await vitalsOf(page)
  // The list's page goes, and its figures with it.
  const drawn = await useTrail(page, site.url)
  const trail = await vitalsOf(page)
  await context.close()
  return { ms: median(loads.map(({ ms }) => ms)), bytes: loads[0].bytes, list, trail, drawn }
}

const row = (name, value, budget, at = '') => ({
  name,
  value,
  budget,
  verdict: value <= budget ? 'within' : 'OVER',
  at,
})

const rowsOf = ({ ms, bytes, list, trail }) => [
  row('script of the first load, gzip, bytes', bytes, BUDGET.script),
  row(`list of ${values.issues} issues can be used, ms`, Math.round(ms), BUDGET.list),
  row('using the list: INP, ms', Math.round(list.INP), BUDGET.inp, list.INP_at),
  row('using the list: CLS', Number(list.CLS.toFixed(3)), BUDGET.cls, list.CLS_at),
  row(`scrolling ${values.breadcrumbs} breadcrumbs: INP, ms`, Math.round(trail.INP), BUDGET.inp, trail.INP_at),
  row(`scrolling ${values.breadcrumbs} breadcrumbs: CLS`, Number(trail.CLS.toFixed(3)), BUDGET.cls, trail.CLS_at),
]

const folder = mkdtempSync(join(tmpdir(), 'foghorn-bench-'))
const data = join(folder, 'data')
const service = createService({ data, port: values.port })
try {
  const { projectId } = await fillStore(data, {
    events: Number(values.events),
    issues: Math.ceil(values.issues * 1.05),
  })
  await addLongTrail(data, projectId, Number(values.breadcrumbs))
  const running = await service.start()
  const account = await service.run('user', 'create', '--email', 'ada@example.com', '--role', 'owner', '--json')
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    chromiumSandbox: false,
    args: CHROMIUM_ARGS,
  })
  try {
    const context = await browser.newContext()
    await logIn(await context.newPage(), service.url, JSON.parse(account).inviteUrl)
    const result = await measure(browser, { url: service.url, state: await context.storageState() })
    printResult(values, {
      title: 'Dashboard',
      rows: rowsOf(result),
      columns: {
        measured: ({ value }) => value,
        budget: ({ budget }) => budget,
        '': ({ verdict }) => verdict,
        'worst at': ({ at }) => at,
      },
      notes: [`Median of ${values.runs} loads with an empty cache; INP and CLS as web-vitals tells them.`],
    })
  } finally {
    await browser.close()
    await stop(running, 'SIGTERM')
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
