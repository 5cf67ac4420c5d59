// npm run bench -- issues [--distinct N] [--same N] [--json]: many different issues, then many events of one issue.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createService, newEventId, residentMegabytes, stop } from './late-maps/service.mjs'

const { values } = parseArgs({
  options: {
    distinct: { type: 'string', default: '10000' },
    same: { type: 'string', default: '50000' },
    port: { type: 'string', default: '5712' },
    json: { type: 'boolean', default: false },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'foghorn-bench-'))
const { start, createProject, send } = createService({ data: join(folder, 'data'), port: values.port })

const LETTERS = 'abcdefghij'
/** A number in letters: digits in messages do not tell issues apart. */
const spell = (number) => [...String(number)].map((digit) => LETTERS[digit]).join('')

const eventOf = (message, user) => ({
  event_id: newEventId(),
  timestamp: Date.now() / 1000,
  platform: 'javascript',
  user: { id: `user-${user % 1000}` },
  exception: { values: [{ type: 'Error', value: message }] },
})

const PER_ENVELOPE = 50
const LIST_CALLS = 40

const timeOfList = async (get) => {
  const times = []
  for (let call = 0; call < LIST_CALLS; call += 1) {
    const asked = performance.now()
    await get('/projects/acme/shop/issues/?query=')
    times.push(performance.now() - asked)
  }
  const sorted = times.toSorted((a, b) => a - b)
  return { median: sorted[LIST_CALLS / 2], p95: sorted[Math.ceil(LIST_CALLS * 0.95) - 1] }
}

const NOTED_EVERY = 100_000

const measure = async ({ dsn, get, megabytes }, count, messageOf) => {
  const began = performance.now()
  // Resident memory of the service, after each so many events.
  const memory = []
  let last
  for (let sent = 0; sent < count; sent += PER_ENVELOPE) {
    if (sent % NOTED_EVERY === 0) memory.push(Math.round(megabytes()))
    const batch = Array.from({ length: PER_ENVELOPE }, (_, index) => eventOf(messageOf(sent + index), sent + index))
    await send(dsn, batch)
    last = batch.at(-1)
  }
  while ((await get(`/projects/acme/shop/events/${last.event_id}/`)).detail) await wait(50)
  const seconds = (performance.now() - began) / 1000
  return { events: count, seconds, perSecond: count / seconds, listMs: await timeOfList(get), memory }
}

try {
  const service = await start()
  const project = { ...(await createProject()), megabytes: () => residentMegabytes(service) }
  const distinct = await measure(project, Number(values.distinct), (index) => `fault ${spell(index)}`)
  const same = await measure(project, Number(values.same), () => 'one fault')
  const megabytes = residentMegabytes(service)
  await stop(service, 'SIGTERM')
  console.log(JSON.stringify({ distinct, same, megabytes }, null, values.json ? 0 : 2))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
