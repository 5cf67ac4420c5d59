// npm run bench -- ingest [--json] [--events N] [--stored 0,10000] [--store]: durable accept beside a bare endpoint, and events per second end to end.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { printResult } from './browser/table.mjs'
import { fillStore } from './filled-store.mjs'
import { sendAll } from './ingest/load.mjs'
import { startAcceptor, startBare, startService } from './ingest/servers.mjs'
import { prepareShop } from './ingest/shop.mjs'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    events: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '3' },
    stored: { type: 'string', default: '0' },
    store: { type: 'boolean', default: false },
  },
})
const events = Number(values.events)
const rounds = Number(values.rounds)

const folder = mkdtempSync(join(tmpdir(), 'foghorn-bench-'))
const shop = join(folder, 'shop')

const withServer = async (start, measure, prepare = () => undefined) => {
  const data = mkdtempSync(join(folder, 'data-'))
  await prepare(data)
  const server = await start(data)
  try {
    return await measure(server)
  } finally {
    await server.stop()
  }
}

/** Requests of one endpoint that got their 200, per second of the clock and per second of its processor. */
const measureAccept = (start) =>
  withServer(start, async (server) => {
    await sendAll(server, { count: Math.ceil(events / 4), seed: 1, shop })
    const cpu = server.cpuSeconds()
    const sent = await sendAll(server, { count: events, seed: 2, shop })
    return { ...sent, perSecond: events / sent.seconds, perCpuSecond: events / (server.cpuSeconds() - cpu) }
  })

/** Fills a store with so many events, or takes a copy of a folder that has them. */
const fill = (stored) => async (data) => {
  if (existsSync(stored)) cpSync(stored, data, { recursive: true })
  else if (Number(stored) > 0) await fillStore(data, { events: Number(stored) })
}

// Until then V8 still compiles, and the log of the database has not reached its size.
const WARM_UP = 5000

const measureEndToEnd = (stored) =>
  withServer(
    startService(shop),
    async (server) => {
      const before = server.storedEvents()
      await sendAll(server, { count: Math.max(events / 4, WARM_UP), seed: 1, shop }).then(server.drained)
      const [cpu, bytes, started] = [server.cpuSeconds(), server.storedBytes(), performance.now()]
      const sent = await sendAll(server, { count: events, seed: 2, shop })
      await server.drained()
      const seconds = (performance.now() - started) / 1000
      return {
        ...sent,
        name: `end to end, drained${before > 0 ? `, ${before} stored before` : ''}`,
        perSecond: events / seconds,
        perCpuSecond: events / (server.cpuSeconds() - cpu),
        peakMegabytes: server.peakMegabytes(),
        bytesPerEvent: (server.storedBytes() - bytes) / events,
        resolved: await server.resolvedShare(),
      }
    },
    fill(stored),
  )

const best = (results) => results.toSorted((a, b) => b.perCpuSecond - a.perCpuSecond)[0]

/** Runs of the two alternate, so that a busy machine disturbs both alike. */
const compareAccept = async () => {
  const [bare, durable] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await measureAccept(startBare))
    durable.push(await measureAccept(startAcceptor))
  }
  return [best(bare), best(durable)]
}

const round = (value, digits = 0) => (value === undefined ? undefined : Number(value.toFixed(digits)))

try {
  await prepareShop(shop)
  const [bare, durable] = await compareAccept()
  const whole = []
  for (const stored of values.stored.split(',')) whole.push(await measureEndToEnd(stored))
  const rows = [
    { name: 'bare Hono endpoint, JSON.parse', ...bare },
    { name: 'accept, on disk', ...durable, ratio: durable.perCpuSecond / bare.perCpuSecond },
    ...whole,
  ]
  printResult(values, {
    title: `${events} events of ${round(durable.medianBytes / 1000)} KB (median), 64 connections`,
    rows,
    columns: {
      'events/s': (row) => round(row.perSecond),
      'events/CPU s': (row) => round(row.perCpuSecond),
      'of bare': (row) => row.ratio && `${round(row.ratio * 100)} %`,
      'p50 ms': (row) => round(row.p50, 1),
      'p99 ms': (row) => round(row.p99, 1),
      'peak MB': (row) => round(row.peakMegabytes),
      'bytes/event': (row) => round(row.bytesPerEvent),
      'frames resolved': (row) => row.resolved && `${round(row.resolved * 100)} %`,
    },
    notes: [
      'events/CPU s counts the server process alone: the sender and other programs share the machine.',
      `Sent by a process of its own; ${availableParallelism()} cores.`,
    ],
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}

// What the store costs on disk, and what backups and sweeps cost the door.
if (values.store) {
  const options = values.json ? ['--json'] : []
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'store.mjs'), ...options], {
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
}
