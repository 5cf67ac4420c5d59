// npm run bench -- soak [--json] [--minutes N] [--hours N]: hours of a busy service in minutes, with uploads, sweeps and restarts.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { printResult } from './browser/table.mjs'
import { sendAll } from './ingest/load.mjs'
import { startServiceOn } from './ingest/servers.mjs'
import { foghorn, prepareShop } from './ingest/shop.mjs'
import { lookAt, slopeOf } from './soak/look.mjs'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '20' },
    hours: { type: 'string', default: '8' },
  },
})
const minutes = Number(values.minutes)
const hours = Number(values.hours)

const ROUND = 5000
const FULL_SHARE = 0.05
const ROUNDS_PER_UPLOAD = 5
const LATE = 250
const ROUNDS_PER_RESTART = 4
const RETAINED_EVENTS = 20_000
// Kept by a sweep, what comes until the next one an hour later, and what comes while that is at work.
const HOURS_HELD = 2
const MEGABYTES_PER_EVENT = 0.006
// An index of an uploaded map is a handle, and 128 of them are kept open.
const BOUNDS = { inboxMegabytes: 200, handles: 160, megabytesPerRound: 0.5, storeGrowth: 1.25 }

const env = {
  NODE_OPTIONS: `--import ${new URL('soak/clock.mjs', import.meta.url)}`,
  SOAK_START: String(Date.now()),
  SOAK_FACTOR: String((hours * 60) / minutes),
  FOGHORN_RETENTION_EVENTS: String(RETAINED_EVENTS),
  FOGHORN_RETENTION_MEGABYTES: '150',
  FOGHORN_ARTIFACT_MEGABYTES: '200',
}

const folder = mkdtempSync(join(tmpdir(), 'foghorn-soak-'))
const data = join(folder, 'data')
const shop = join(folder, 'shop')
const started = performance.now()
const minutesGone = () => (performance.now() - started) / 60_000

const ask = ({ host, port, token }, path, init = {}) =>
  fetch(`http://${host}:${port}/api/0${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  })

const isScript = (name) => name.endsWith('.js')

/** Another build of the shop: its scripts differ, so they get debug IDs of their own. */
const buildAnew = async (number) => {
  const build = join(folder, `build-${number}`)
  cpSync(shop, build, { recursive: true })
  for (const name of readdirSync(join(build, 'assets')).filter(isScript)) {
    const file = join(build, 'assets', name)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\n?\/\/# debugId=.*/g, '') + `\n// build ${number}\n`)
  }
  await foghorn(['sourcemaps', 'inject', build])
  return build
}

const upload = async ({ host, port, token }, build, release) => {
  const to = { FOGHORN_URL: `http://${host}:${port}`, FOGHORN_AUTH_TOKEN: token, FOGHORN_ORG: 'acme' }
  await foghorn(['sourcemaps', 'upload', build, '--release', release], { ...to, FOGHORN_PROJECT: 'shop' })
}

const READS = [
  '/projects/acme/shop/issues/?query=is:unresolved',
  '/projects/acme/shop/issues/?query=plan:team&sort=freq',
  '/organizations/acme/issues/1/events/',
  '/organizations/acme/issues/1/tags/',
  '/projects/acme/shop/outcomes/',
]

const readAll = async (server) => {
  for (const path of READS) await (await ask(server, path)).arrayBuffer()
}

const work = { sent: 0, rounds: 0, uploads: 0, restarts: 0, kills: 0, build: shop }

const send = async (server, events) => {
  await sendAll(server, { seed: work.rounds + 1, ...events })
  work.sent += events.count
}

/** Pages of the new build fail before its maps are there. */
const deploy = async (server) => {
  work.uploads += 1
  const build = await buildAnew(work.uploads)
  await send(server, { count: LATE, shop: build })
  await upload(server, build, `shop@${work.uploads}`)
  if (work.build !== shop) rmSync(work.build, { recursive: true })
  work.build = build
}

/** Events, now and then new maps, and what people look at. Whoever sends waits for each answer. */
const doRound = async (server) => {
  if (work.rounds % ROUNDS_PER_UPLOAD === 0) await deploy(server)
  const full = Math.round(ROUND * FULL_SHARE)
  await send(server, { count: ROUND - full, shop, kind: 'small' })
  await send(server, { count: full, shop: work.build })
  await readAll(server)
  work.rounds += 1
}

const start = async () => {
  const server = await startServiceOn(data, env)
  // Everything comes from one project within minutes: that is what it would hold back.
  await ask(server, '/projects/acme/shop/ingest-settings/', {
    method: 'PUT',
    body: JSON.stringify({ spikeProtection: false }),
  })
  return server
}

const samples = []

const sample = (server, phase) =>
  samples.push({
    name: `${phase}, hour ${((minutesGone() / minutes) * hours).toFixed(1)}`,
    phase,
    sent: work.sent,
    stored: server.storedEvents(),
    ...lookAt(server.pid, data),
  })

/** Without a restart: memory and handles must not grow. */
const runSteadily = async (server, until) => {
  while (minutesGone() < until) {
    await doRound(server)
    await server.drained()
    sample(server, 'steady')
  }
}

/** Ended half-way through what it has taken, by SIGTERM and by kill -9 in turn. */
const restart = async (server) => {
  const signal = work.restarts % 2 === 0 ? 'SIGTERM' : 'SIGKILL'
  work.restarts += 1
  if (signal === 'SIGKILL') work.kills += 1
  await server.stop(signal)
  return start()
}

const runWithRestarts = async (first, until) => {
  let server = first
  while (minutesGone() < until) {
    await doRound(server)
    if (work.rounds % ROUNDS_PER_RESTART === 0) server = await restart(server)
    await server.drained()
    sample(server, 'restarts')
  }
  return server
}

/** How many events the ledger of outcomes says were accepted: each that got its 200, once. */
const countAccepted = async (server) => {
  const outcomes = await (await ask(server, '/projects/acme/shop/outcomes/')).json()
  return outcomes
    .filter(({ outcome, category }) => outcome === 'accepted' && category === 'error')
    .reduce((sum, { quantity }) => sum + quantity, 0)
}

const most = (rounds, name) => Math.max(...rounds.map((round) => round[name]))

const third = (rounds, number) =>
  rounds.slice(Math.ceil((rounds.length * number) / 3), Math.ceil((rounds.length * (number + 1)) / 3))

const findings = () => {
  const steady = samples.filter(({ phase }) => phase === 'steady')
  // Until then caches fill and the log of the database reaches its size.
  const warm = steady.slice(Math.ceil(steady.length / 3))
  if (warm.length < 3)
    throw new Error(`Only ${steady.length} rounds in ${minutes} minutes: give it more with --minutes.`)
  return {
    warm: warm.length,
    megabytesPerRound: slopeOf(warm.map(({ residentMegabytes }) => residentMegabytes)),
    handles: most(samples, 'handles') - Math.min(...samples.map(({ handles }) => handles)),
    stored: most(samples, 'stored'),
    storeGrowth: most(third(samples, 2), 'storeMegabytes') / most(third(samples, 1), 'storeMegabytes'),
    storeMegabytes: most(samples, 'storeMegabytes'),
    inboxMegabytes: most(samples, 'inboxMegabytes'),
  }
}

/** What is out of bounds, one line each. */
const faultsOf = (found, accepted) => {
  const stored = RETAINED_EVENTS + (HOURS_HELD * work.sent) / hours
  const bounds = { ...BOUNDS, stored, storeMegabytes: stored * MEGABYTES_PER_EVENT }
  const faults = Object.entries(bounds)
    .filter(([name, bound]) => found[name] > bound)
    .map(([name, bound]) => `${name} is ${found[name].toFixed(2)}, more than ${bound.toFixed(2)}`)
  if (accepted !== work.sent) faults.push(`${work.sent} events were acknowledged, ${accepted} are accounted for`)
  return faults
}

const every = (list, most) => list.filter((_one, index) => index % Math.ceil(list.length / most) === 0)

try {
  await prepareShop(shop)
  let server = await start()
  await upload(server, shop, 'shop@1.4.2')
  await runSteadily(server, minutes * 0.6)
  server = await runWithRestarts(server, minutes)
  await server.drained()
  const found = findings()
  const faults = faultsOf(found, await countAccepted(server))
  await server.stop()
  printResult(values, {
    title: `${work.sent} events, ${work.uploads} uploads, ${work.restarts} restarts (${work.kills} by kill -9): ${hours} hours in ${minutesGone().toFixed(0)} minutes`,
    rows: every(samples, 30),
    columns: {
      sent: (row) => row.sent,
      stored: (row) => row.stored,
      'resident MB': (row) => Math.round(row.residentMegabytes),
      handles: (row) => row.handles,
      threads: (row) => row.threads,
      'store MB': (row) => Math.round(row.storeMegabytes),
      'inbox MB': (row) => Math.round(row.inboxMegabytes),
      'folder MB': (row) => Math.round(row.folderMegabytes),
    },
    notes: [
      `Once warm (${found.warm} rounds of ${ROUND} events without a restart), memory grew by ${found.megabytesPerRound.toFixed(2)} MB a round. Handles differed by ${found.handles}.`,
      `At most ${found.stored} events were stored in ${found.storeMegabytes.toFixed(0)} MB; in the last third ${found.storeGrowth.toFixed(2)} of the most before.`,
      ...(faults.length === 0 ? ['All within bounds, every acknowledged event accounted for once.'] : faults),
    ],
  })
  if (faults.length > 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
