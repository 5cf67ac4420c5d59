// npm run bench -- scale [--json] [--events N] [--shapes embedded,1+1,1+2,2+2]: events per second end to end, and processor time
// for 10,000 events, of one process and of several over PostgreSQL and NATS (doors + workers).
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { printResult } from './browser/table.mjs'
import { sendAll } from './ingest/load.mjs'
import { prepareShop } from './ingest/shop.mjs'
import { startEmbedded, startScaled } from './scale/shapes.mjs'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    events: { type: 'string', default: '12000' },
    shapes: { type: 'string', default: 'embedded,1+1,1+2,2+2' },
  },
})
const events = Number(values.events)

const folder = mkdtempSync(join(tmpdir(), 'foghorn-bench-scale-'))
const shop = join(folder, 'shop')

const start = (shape, place) => {
  if (shape === 'embedded') return startEmbedded(place, { shop })
  const [doors, workers] = shape.split('+').map(Number)
  return startScaled(place, { shop, doors, workers })
}

const LOOK_EVERY_MS = 100

const send = async (service, count, seed) => {
  const wanted = (await service.events()) + count
  await Promise.all(service.doors.map((door) => sendAll(door, { count: count / service.doors.length, seed, shop })))
  while ((await service.events()) < wanted) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
}

const perTenThousand = (seconds) => Math.round((seconds / events) * 10_000 * 100) / 100

// Until then V8 still compiles.
const WARM_UP = 4000

const measure = async (shape) => {
  const place = mkdtempSync(join(folder, 'shape-'))
  const service = await start(shape, place)
  try {
    await send(service, WARM_UP, 1)
    const [before, bytes, started] = [service.used(), await service.bytes(), performance.now()]
    await send(service, events, 2)
    const seconds = (performance.now() - started) / 1000
    const used = Object.entries(service.used()).map(([part, after]) => [part, perTenThousand(after - before[part])])
    const total = used.reduce((sum, [, own]) => sum + own, 0)
    const grown = ((await service.bytes()) - bytes) / events
    return {
      name: shape === 'embedded' ? 'one process, embedded' : `${shape} (doors + workers)`,
      perSecond: Math.round(events / seconds),
      total: Math.round(total * 100) / 100,
      parts: used.map(([part, own]) => `${part} ${own}`).join(', '),
      bytesPerEvent: Math.round(grown),
    }
  } finally {
    await service.stop()
    rmSync(place, { recursive: true, force: true })
  }
}

await prepareShop(shop)
const rows = []
for (const shape of values.shapes.split(',')) rows.push(await measure(shape))
rmSync(folder, { recursive: true, force: true })

printResult(values, {
  title: `End to end, drained: ${events} events, ${availableParallelism()} cores for sender, service, PostgreSQL and NATS together`,
  rows,
  columns: {
    'events/s': ({ perSecond }) => perSecond,
    'CPU s / 10,000': ({ total }) => total,
    'bytes stored / event': ({ bytesPerEvent }) => bytesPerEvent,
    'CPU s / 10,000 by part': ({ parts }) => parts,
  },
  notes: [
    'CPU seconds compare between machines that differ in cores; events/s are bounded by the cores that all of it shares.',
  ],
})
