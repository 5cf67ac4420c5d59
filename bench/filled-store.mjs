// A data folder with many events, written through the store itself: what benchmarks of a grown store begin with.
import { parseArgs } from 'node:util'
import { pathToFileURL } from 'node:url'
import { openAdmin, readConfig } from '../packages/server/dist/index.js'
import { openStores } from '../packages/server/dist/stores.js'
import { createRandom } from './ingest/events.mjs'

const DAY_MS = 86_400_000
const BATCH = 5000
const USERS = 50_000

const BROWSERS = ['Chrome', 'Firefox', 'Safari', 'Edge', 'Samsung Internet', 'Opera']
const ENVIRONMENTS = [...Array.from({ length: 17 }, () => 'production'), 'staging', 'staging', 'development']
const LEVELS = [...Array.from({ length: 16 }, () => 'error'), 'warning', 'warning', 'info', 'fatal']
const CATEGORIES = ['code', 'code', 'code', 'network', 'resource', 'validation', 'third-party']
const SEVERITIES = { fatal: 'critical', error: 'high', warning: 'low', info: 'low' }
const THINGS = ['price', 'cart', 'session', 'token', 'total', 'items', 'address', 'voucher', 'locale', 'stock']

const pick = (random, list) => list[random(list.length)]

/** A few issues have most of the events, most have a few. */
const issueOf = (random, issues) => Math.floor(issues * (random(1_000_000) / 1_000_000) ** 3)

const frameOf = (issue) => ({
  filename: `src/pages/page-${issue % 400}.ts`,
  function: `load${issue}`,
  lineno: 10 + (issue % 90),
  colno: 5,
  inApp: true,
  contextLine: `  return render(${THINGS[issue % THINGS.length]})`,
  resolution: { status: 'resolved', by: 'debug-id', artifact: '~/assets/app.js' },
})

const payloadOf = (random, issue) => {
  const level = pick(random, LEVELS)
  const browser = pick(random, BROWSERS)
  return {
    level,
    environment: pick(random, ENVIRONMENTS),
    platform: 'javascript',
    release: `shop@1.${random(40)}.0`,
    user: { id: `user-${random(USERS)}` },
    tags: {
      plan: pick(random, ['free', 'team', 'firm']),
      region: pick(random, ['eu', 'us', 'asia']),
      page: `/page/${random(20)}`,
    },
    exception: [
      {
        type: 'TypeError',
        value: `Cannot read ${THINGS[issue % THINGS.length]} of order ${issue}`,
        mechanism: { type: 'onerror', handled: false },
        stacktrace: {
          frames: [{ filename: 'https://shop.test/assets/app.js', function: 'n', lineno: 1, colno: 20 + issue }],
        },
      },
    ],
    breadcrumbs: [],
    contexts: {
      browser: { name: browser, version: `${140 + random(17)}.0.0` },
      os: { name: pick(random, ['Windows', 'macOS', 'Android', 'iOS', 'Linux']) },
      device: { type: pick(random, ['desktop', 'desktop', 'mobile']) },
      classification: { category: CATEGORIES[issue % CATEGORIES.length], severity: SEVERITIES[level] },
    },
  }
}

const eventOf = (random, { number, projectId, issues, at, frames }) => {
  const issue = issueOf(random, issues)
  const payload = payloadOf(random, issue)
  const frame = (frames[issue] ??= frameOf(issue))
  const title = `TypeError: ${payload.exception[0].value}`
  return {
    projectId,
    eventId: number.toString(16).padStart(32, '0'),
    happenedAt: at,
    receivedAt: at,
    kind: 'error',
    times: 1,
    payload,
    stacks: [[frame]],
    usedMaps: [],
    grouping: {
      version: 1,
      keys: [
        {
          variant: 'frames',
          hash: `filled-${projectId}-${issue}`,
          parts: ['TypeError', `${frame.filename} ${frame.function}`],
        },
      ],
      ignored: [],
    },
    headline: {
      title,
      culprit: `${frame.filename} in ${frame.function}`,
      metadata: {
        type: 'TypeError',
        value: payload.exception[0].value,
        filename: frame.filename,
        function: frame.function,
      },
    },
  }
}

/**
 * Fills a data folder with `events` of `issues` faults in a project, spread over `days` until now, oldest first. The same
 * numbers give the same events. `progress` is told how many there are after each batch.
 */
export const fillStore = async (
  data,
  { events, issues = Math.ceil(events / 50), project = 'shop', days = 60, seed = 7, progress = () => undefined },
) => {
  const admin = await openAdmin(readConfig({ FOGHORN_DATA: data }))
  const { id } = await admin.createProject({ org: 'acme', slug: project })
  const { token } = await admin.createToken({ org: 'acme' })
  await admin.close()
  const stores = await openStores(data)
  const random = createRandom(seed)
  const [now, frames] = [Date.now(), []]
  const timeOf = (number) => Math.floor(now - days * DAY_MS * (1 - (number + 1) / events))
  for (let stored = 0; stored < events; stored += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, events - stored) }, (_, index) =>
      eventOf(random, { number: stored + index, projectId: Number(id), issues, at: timeOf(stored + index), frames }),
    )
    await stores.events.store({ events: batch.map(stores.events.pack) })
    progress(stored + batch.length)
    // libsql gives the memory of rows back only when the event loop turns.
    await new Promise(setImmediate)
  }
  await stores.close()
  return { projectId: Number(id), token }
}

// By hand: node bench/filled-store.mjs <data folder> --events 1000000 [--issues N]
if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { events: { type: 'string', default: '10000' }, issues: { type: 'string' } },
  })
  const began = performance.now()
  const events = Number(values.events)
  const { token } = await fillStore(positionals[0], { events, ...(values.issues && { issues: Number(values.issues) }) })
  const seconds = (performance.now() - began) / 1000
  console.log(JSON.stringify({ events, seconds, perSecond: Math.round(events / seconds), token }))
}
