// npm run bench -- read [--json] [--small N] [--large N] [--calls N] [--stores folder,folder]: what people read, over a small and a grown store.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { printResult } from './browser/table.mjs'
import { fillStore } from './filled-store.mjs'
import { createRandom } from './ingest/events.mjs'
import { createService, residentMegabytes, stop } from './late-maps/service.mjs'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    small: { type: 'string', default: '10000' },
    large: { type: 'string', default: '1000000' },
    calls: { type: 'string', default: '200' },
    port: { type: 'string', default: '5412' },
    // Folders that are filled already, the small one first.
    stores: { type: 'string' },
  },
})
const calls = Number(values.calls)

const issues = (query, more = '') => `/projects/acme/shop/issues/?query=${encodeURIComponent(query)}${more}`
const WORDS = ['price', 'cart', 'session', 'token', 'total', 'items', 'address', 'voucher', 'locale', 'stock']

/** What is read, each with addresses that differ from call to call as people's do. */
const reads = ({ random, ids, next }) => {
  const pick = (list) => list[random(list.length)]
  const issue = () => `/organizations/acme/issues/${pick(ids)}`
  return {
    'list: newest page': () => issues('is:unresolved'),
    'list: page further down': () => pick(next),
    'list: sorted by events': () => issues('is:unresolved', '&sort=freq'),
    'list: of an environment, 14 days': () =>
      issues('is:unresolved', '&environment=staging&statsPeriod=14d&groupStatsPeriod=14d'),
    'list: of the organization': () => `/organizations/acme/issues/?query=`,
    'search: free text, many hits': () => issues(pick(WORDS)),
    'search: free text, one hit': () => issues(`"order ${random(5000)}"`),
    'search: release and browser': () => issues(`release:shop@1.${random(40)}.0 browser:Chrome*`),
    'search: one user': () => issues(`user:user-${random(50_000)}`),
    'search: times, users, age': () => issues('times:>100 users:>=10 firstSeen:-50d', '&sort=user'),
    'search: no hit': () => issues(`level:fatal !has:release "nowhere ${random(1000)}"`),
    'issue page': () => `${issue()}/`,
    'issue page: latest event': () => `${issue()}/events/latest/`,
    'issue page: events': () => `${issue()}/events/`,
    'tag values': () => `${issue()}/tags/`,
    'events of the project': () => '/projects/acme/shop/events/',
    'statistics: a day by hour': () => '/projects/acme/shop/statistics/?by=level',
    'statistics: 60 days by day': () => '/projects/acme/shop/statistics/?by=browser&statsPeriod=60d&interval=1d',
    'report of a week': () => '/projects/acme/shop/report/?statsPeriod=7d',
  }
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]

const TICKS_PER_SECOND = 100

/** Processor time that a process has used, of all its threads; Linux only. */
const cpuSeconds = ({ pid }) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

const IDLE_AFTER_MS = 180_000

/** A service that has just started looks through what it has: retention, priorities. What is measured begins after that. */
const untilIdle = async (running) => {
  for (const began = performance.now(); performance.now() - began < IDLE_AFTER_MS;) {
    const cpu = cpuSeconds(running)
    await wait(1000)
    if (cpuSeconds(running) - cpu < 0.05) return
  }
}

const timed = async ({ get, running }, addressOf) => {
  const times = []
  const cpu = cpuSeconds(running)
  for (let call = 0; call < calls + 5; call += 1) {
    const address = addressOf()
    const asked = performance.now()
    const response = await get(address)
    await response.text()
    times.push(performance.now() - asked)
    if (response.status !== 200) throw new Error(`${address} answered ${response.status}.`)
  }
  // The first few warm up.
  const sorted = times.slice(5).toSorted((a, b) => a - b)
  const cpuMs = ((cpuSeconds(running) - cpu) * 1000) / times.length
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), cpuMs }
}

/** Issues from all over the list, and cursors of pages far down. */
const lookAround = async (get) => {
  const [ids, next] = [[], []]
  let address = issues('is:unresolved', '&limit=100')
  for (let page = 0; page < 20 && address; page += 1) {
    const response = await get(address)
    ids.push(...(await response.json()).map(({ id }) => id))
    const link = /<([^>]+)>; rel="next"; results="true"/.exec(response.headers.get('link'))?.[1]
    address = link && link.replace(/^.*\/api\/0/, '')
    if (address) next.push(address.replace('limit=100', 'limit=25'))
  }
  return { ids, next }
}

const measure = async (data) => {
  const service = createService({ data, port: values.port })
  const { token } = JSON.parse(await service.run('token', 'create', '--org', 'acme', '--json'))
  const running = await service.start()
  const get = (path) => fetch(`${service.url}/api/0${path}`, { headers: { authorization: `Bearer ${token}` } })
  try {
    await untilIdle(running)
    const around = await lookAround(get)
    const results = {}
    for (const [name, addressOf] of Object.entries(reads({ random: createRandom(11), ...around })))
      results[name] = await timed({ get, running }, addressOf)
    return { results, megabytes: residentMegabytes(running) }
  } finally {
    await stop(running, 'SIGTERM')
  }
}

const folder = mkdtempSync(join(tmpdir(), 'foghorn-bench-'))
const fill = async (events) => {
  const data = join(folder, String(events))
  await fillStore(data, {
    events,
    progress: (stored) => stored % 50_000 === 0 && console.error(`${stored} of ${events} events stored`),
  })
  return data
}

try {
  const [smallStore, largeStore] = values.stores?.split(',') ?? [
    await fill(Number(values.small)),
    await fill(Number(values.large)),
  ]
  const small = await measure(smallStore)
  const large = await measure(largeStore)
  const rows = Object.keys(small.results).map((name) => ({
    name,
    small: small.results[name],
    large: large.results[name],
  }))
  const ms = (value) => value.toFixed(1)
  printResult(values, {
    title: `${values.small} and ${values.large} events, ${calls} calls one after another, milliseconds`,
    rows,
    columns: {
      'p50 small': (row) => ms(row.small.p50),
      'p95 small': (row) => ms(row.small.p95),
      'p50 large': (row) => ms(row.large.p50),
      'p95 large': (row) => ms(row.large.p95),
      'CPU small': (row) => ms(row.small.cpuMs),
      'CPU large': (row) => ms(row.large.cpuMs),
      'growth p50': (row) => `${(row.large.p50 / row.small.p50).toFixed(2)}x`,
      'growth p95': (row) => `${(row.large.p95 / row.small.p95).toFixed(2)}x`,
    },
    notes: [
      'CPU is the processor time of the service for one call, which other programs on the machine disturb little.',

      `Resident memory of the service afterwards: ${small.megabytes.toFixed(0)} and ${large.megabytes.toFixed(0)} MB.`,
    ],
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
