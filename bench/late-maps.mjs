// npm run bench -- late-maps [--events N] [--positions N] [--json]: maps that arrive after the errors, with a kill half-way.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { writeProgram } from './late-maps/program.mjs'
import { createService, newEventId, residentMegabytes, stop } from './late-maps/service.mjs'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '20000' },
    positions: { type: 'string', default: '500' },
    port: { type: 'string', default: '5711' },
    json: { type: 'boolean', default: false },
  },
})
const events = Number(values.events)
const positions = Number(values.positions)
const folder = mkdtempSync(join(tmpdir(), 'foghorn-bench-'))
const data = join(folder, 'data')

const { run, start, createProject, send } = createService({ data, port: values.port })

const eventAt = (program, position) => ({
  event_id: newEventId(),
  timestamp: Date.now() / 1000,
  platform: 'javascript',
  release: 'shop@1',
  user: { id: `user-${position % 1000}` },
  exception: {
    values: [
      {
        type: 'Error',
        value: 'it broke',
        stacktrace: {
          frames: [position - 1, position].map((at) => ({
            filename: program.url,
            function: 'n',
            lineno: 1,
            colno: program.columns[(at + positions) % positions],
            in_app: true,
          })),
        },
      },
    ],
  },
})

const EVENTS_PER_ENVELOPE = 50

const sendAll = async (dsn, program) => {
  for (let sent = 0; sent < events; sent += EVENTS_PER_ENVELOPE)
    await send(
      dsn,
      Array.from({ length: EVENTS_PER_ENVELOPE }, (_, index) => eventAt(program, (sent + index) % positions)),
    )
}

const countIssues = async (get) => {
  const issues = await get('/projects/acme/shop/issues/?query=&limit=100')
  return { issues: issues.length, events: issues.reduce((sum, { count }) => sum + Number(count), 0) }
}

const untilStored = async (get) => {
  while ((await countIssues(get)).events < events) await wait(200)
}

const LANES = 4
const BURST_SECONDS = 10

/** Sends an envelope and waits until its last event can be read. */
const sendAndRead = async ({ get, dsn, program }, count) => {
  const batch = Array.from({ length: count }, (_, index) => eventAt(program, index % positions))
  await send(dsn, batch)
  while ((await get(`/projects/acme/shop/events/${batch.at(-1).event_id}/`)).detail) await wait(5)
}

/** How many events are digested each second while more keep coming. */
const digestRate = async (project) => {
  const began = performance.now()
  let rounds = 0
  for (; performance.now() - began < BURST_SECONDS * 1000; rounds += 1)
    await Promise.all(Array.from({ length: LANES }, () => sendAndRead(project, EVENTS_PER_ENVELOPE)))
  return (rounds * LANES * EVENTS_PER_ENVELOPE) / ((performance.now() - began) / 1000)
}

/** Watches the pass; meanwhile an event is sent now and then, and the time until it can be read is noted. */
const watch = async (project, { service, until }) => {
  let [peak, slowest] = [0, 0]
  for (;;) {
    const [pass] = await project.get('/projects/acme/shop/regroupings/')
    peak = Math.max(peak, residentMegabytes(service))
    if (pass && until(pass)) return { pass, peak, slowest }
    const started = performance.now()
    await sendAndRead(project, 1)
    slowest = Math.max(slowest, performance.now() - started)
    await wait(100)
  }
}

try {
  const dist = join(folder, 'dist')
  mkdirSync(dist)
  const program = writeProgram(dist, positions)
  let service = await start()
  const { dsn, token, get } = await createProject()
  const began = performance.now()
  await sendAll(dsn, program)
  await untilStored(get)
  const stored = (performance.now() - began) / 1000
  const before = await countIssues(get)
  const credentials = [
    '--org',
    'acme',
    '--project',
    'shop',
    '--url',
    `http://127.0.0.1:${values.port}`,
    '--auth-token',
    token,
  ]
  const project = { get, dsn, program }
  const beforehand = await digestRate(project)
  await run('sourcemaps', 'upload', dist, '--release', 'shop@1', '--url-prefix', '~/static', ...credentials)
  const passBegan = performance.now()
  const meanwhile = await digestRate(project)
  const half = await watch(project, { service, until: ({ checked, total }) => checked >= total / 2 })
  const firstHalf = (performance.now() - passBegan) / 1000
  await stop(service, 'SIGKILL')
  service = await start()
  const resumed = performance.now()
  const whole = await watch(project, { service, until: ({ dateFinished }) => dateFinished !== null })
  const secondHalf = (performance.now() - resumed) / 1000
  const afterwards = await digestRate(project)
  const after = await get('/projects/acme/shop/issues/?query=&limit=100')
  await stop(service, 'SIGTERM')
  const result = {
    events,
    positions,
    storedPerSecond: events / stored,
    issuesBefore: before.issues,
    checkedAtKill: half.pass.checked,
    pass: whole.pass,
    regroupedPerSecond: whole.pass.checked / (firstHalf + secondHalf),
    seconds: firstHalf + secondHalf,
    digestedPerSecond: { before: beforehand, meanwhile, afterwards },
    slowestEventMs: Math.max(half.slowest, whole.slowest),
    peakMegabytes: Math.max(half.peak, whole.peak),
    issuesOnFirstPage: after.length,
  }
  console.log(JSON.stringify(result, null, values.json ? 0 : 2))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
