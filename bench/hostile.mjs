// npm run bench -- hostile [--json] [--seconds N] [--senders N]: memory, and how long others wait, while hostile bodies come in.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { printResult } from './browser/table.mjs'
import { startServiceOn } from './ingest/servers.mjs'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '10' },
    senders: { type: 'string', default: '32' },
  },
})

const MB = 1024 * 1024
const GZIP = { 'content-encoding': 'gzip' }
const eventOf = (fields) => `{}\n{"type":"event"}\n${JSON.stringify({ platform: 'javascript', ...fields })}`
const many = (count, make) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, make(index)]))

const attachments = (size) => `{}\n${`{"type":"attachment"}\n${'x'.repeat(size)}\n`.repeat(100)}`

/** What a hostile client sends: body and headers. */
const BODIES = [
  ['gzip of 1 GB of spaces', gzipSync(Buffer.alloc(1024 * MB, 0x20)), GZIP],
  // The most that is taken, and twice as much.
  ['gzip of 10 MB of items', gzipSync(attachments(104_000)), GZIP],
  ['gzip of 20 MB of items', gzipSync(attachments(208_000)), GZIP],
  ['5 MB of brackets', `{}\n{"type":"event"}\n${'['.repeat(5 * MB - 100)}`, {}],
  [
    'nested deep within 1 MB',
    eventOf({}).replace('{"platform"', `{"extra":${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)},"platform"`),
    {},
  ],
  ['60,000 names', eventOf({ extra: many(60_000, () => 1) }), {}],
  [
    '200 long breadcrumbs',
    eventOf({ breadcrumbs: Array.from({ length: 200 }, () => ({ message: 'a@'.repeat(2400) })) }),
    {},
  ],
  [
    '10,000 frames',
    eventOf({
      exception: [
        {
          stacktrace: {
            frames: Array.from({ length: 10_000 }, () => ({ lineno: 1, colno: 1, filename: 'https://x.test/a.js' })),
          },
        },
      ],
    }),
    {},
  ],
  ['a line without an end', 'x'.repeat(5 * MB - 10), {}],
]

const quantile = (times, share) => times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)]

const post = (url, body, headers = {}) =>
  fetch(url, { method: 'POST', body, headers }).then(
    async (response) => {
      await response.arrayBuffer()
      return response.status
    },
    () => 0,
  )

/** Sends small events one after the other; how long each took, and how many were not taken. */
const sendSmall = async (url, seconds) => {
  const [times, until] = [[], performance.now() + seconds * 1000]
  let refused = 0
  while (performance.now() < until) {
    const began = performance.now()
    if ((await post(url, eventOf({ message: 'small' }))) !== 200) refused += 1
    times.push(performance.now() - began)
  }
  return {
    sent: times.length,
    refused,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    slowest: Math.max(...times),
  }
}

const attack = async (url, seconds, statuses) => {
  const until = performance.now() + seconds * 1000
  for (let number = 0; performance.now() < until; number += 1) {
    const [name, body, headers] = BODIES[number % BODIES.length]
    const status = `${name}: ${await post(url, body, headers)}`
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'foghorn-bench-'))
const server = await startServiceOn(folder)
try {
  const [url, seconds, statuses] = [
    `http://${server.host}:${server.port}${server.path}`,
    Number(values.seconds),
    new Map(),
  ]
  const rest = await sendSmall(url, seconds / 2)
  const attacks = Array.from({ length: Number(values.senders) }, () => attack(url, seconds, statuses))
  const meanwhile = await sendSmall(url, seconds)
  await Promise.all(attacks)
  await server.drained()
  const round = (value) => Number(value.toFixed(1))
  printResult(values, {
    title: `Small events while ${values.senders} senders post hostile bodies`,
    rows: [
      { name: 'at rest', ...rest },
      { name: 'meanwhile, until all is digested', ...meanwhile, peak: server.peakMegabytes() },
    ],
    columns: {
      sent: (row) => row.sent,
      'not taken': (row) => row.refused,
      'p50 ms': (row) => round(row.p50),
      'p99 ms': (row) => round(row.p99),
      'slowest ms': (row) => round(row.slowest),
      'peak MB': (row) => row.peak && Math.round(row.peak),
    },
    notes: [...statuses].toSorted().map(([status, times]) => `${status}, ${times} times`),
  })
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
