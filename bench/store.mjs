// npm run bench -- store [--json] [--stored N] [--from folder]: bytes on disk for each event, and a sweep beside the door.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { printResult } from './browser/table.mjs'
import { fillStore } from './filled-store.mjs'
import { prepareShop } from './ingest/shop.mjs'
import { measureBackup, measureDisk, measureSweep } from './ingest/store.mjs'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    events: { type: 'string', default: '4000' },
    stored: { type: 'string', default: '1000000' },
    swept: { type: 'string', default: '20000' },
    rate: { type: 'string', default: '200' },
    'backup-rate': { type: 'string', default: '500' },
    'backup-stored': { type: 'string', default: '50000' },
    from: { type: 'string' },
  },
})
const number = (name) => Number(values[name])

const folder = mkdtempSync(join(tmpdir(), 'foghorn-bench-store-'))
const shop = join(folder, 'shop')
const round = (value, digits = 0) => (value === undefined ? undefined : Number(value.toFixed(digits)))

const filled = async (events) => {
  const data = mkdtempSync(join(folder, 'filled-'))
  await fillStore(data, { events })
  return data
}

const grownStore = async () => {
  if (!values.from) return filled(number('stored'))
  const data = join(folder, 'grown')
  cpSync(values.from, data, { recursive: true })
  return data
}

const printDisk = async () => {
  const rows = []
  for (const [name, kind] of [
    ['whole events of a shop', undefined],
    ['small ones, without trail', 'small'],
  ]) {
    const data = mkdtempSync(join(folder, 'data-'))
    rows.push({ name, ...(await measureDisk(data, { shop, events: number('events'), kind })) })
  }
  printResult(values, {
    title: `Bytes for each of ${values.events} events`,
    rows,
    columns: {
      sent: (row) => round(row.sent),
      stored: (row) => round(row.stored),
      'of sent': (row) => `${round((row.stored / row.sent) * 100)} %`,
      written: (row) => round(row.written),
      'written / sent': (row) => round(row.written / row.sent, 2),
      'written / stored': (row) => round(row.written / row.stored, 2),
    },
    notes: ['written: what the process had written to disk once all were digested: inbox, log and store together.'],
  })
}

const printBackup = async (data) => {
  const perSecond = number('backup-rate')
  const file = join(folder, 'backup.tar.gz')
  const made = await measureBackup(data, { shop, perSecond, file })
  printResult(values, {
    title: `A backup of ${made.events} events while ${perSecond} come in every second`,
    rows: [{ name: 'the door meanwhile', ...made }],
    columns: {
      'p50 ms': (row) => round(row.p50, 1),
      'p99 ms': (row) => round(row.p99, 1),
      'slowest ms': (row) => round(row.slowest),
      seconds: (row) => round(row.seconds, 1),
      'taken meanwhile': (row) => row.sent,
      'backup MB': (row) => round(row.size / 1e6, 1),
    },
  })
}

const printSweep = async (data) => {
  const [perSecond, keep] = [number('rate'), number('stored') - number('swept')]
  const { rest, sweep } = await measureSweep(data, { shop, perSecond, restSeconds: 20, keep })
  printResult(values, {
    title: `The door at ${perSecond} events a second, over a store of ${rest.stored} events (${round(rest.megabytes)} MB)`,
    rows: [
      { name: 'at rest', ...rest, gone: undefined },
      { name: 'while a sweep deletes', ...sweep },
    ],
    columns: {
      'p50 ms': (row) => round(row.p50, 1),
      'p99 ms': (row) => round(row.p99, 1),
      'slowest ms': (row) => round(row.slowest),
      seconds: (row) => round(row.seconds),
      'events deleted': (row) => row.gone,
      'a second': (row) => row.gone && round(row.gone / row.seconds),
    },
    notes: ['Each answer is timed from the moment at which its event was due, and means that the event is on disk.'],
  })
}

try {
  await prepareShop(shop)
  await printDisk()
  await printBackup(await filled(number('backup-stored')))
  await printSweep(await grownStore())
} finally {
  rmSync(folder, { recursive: true, force: true })
}
