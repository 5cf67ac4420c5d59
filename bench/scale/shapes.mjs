// The service in the shapes that are compared: each gives where to send, what it used by part, and what it stored.
import { createRequire } from 'node:module'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { foghorn } from '../ingest/shop.mjs'
import { bytesOfFolder, startNats, startPostgres, startProcess } from './parts.mjs'

const libsql = createRequire(new URL('../../packages/server/package.json', import.meta.url))('libsql')

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

/** Makes the project, and uploads its maps where people are answered. */
const furnish = async (env, { port, shop }) => {
  const { id, publicKey } = JSON.parse(await told(foghorn(['project', 'create', 'acme/shop', '--json'], env)))
  const { token } = JSON.parse(await told(foghorn(['token', 'create', '--org', 'acme', '--json'], env)))
  await foghorn(['sourcemaps', 'upload', shop], {
    FOGHORN_URL: `http://127.0.0.1:${port}`,
    FOGHORN_AUTH_TOKEN: token,
    FOGHORN_ORG: 'acme',
    FOGHORN_PROJECT: 'shop',
  })
  return `/api/${id}/envelope/?sentry_version=7&sentry_key=${publicKey}`
}

const told = async (running) => (await running).stdout

const countInFolder = (data) => {
  const store = new libsql(join(data, 'foghorn.db'))
  const [{ events }] = store.prepare('SELECT count(*) AS events FROM event').all([])
  store.close()
  return events
}

/** One process and one folder. */
export const startEmbedded = async (folder, { shop }) => {
  const data = join(folder, 'data')
  mkdirSync(data)
  const service = await startProcess(data, {})
  const path = await furnish({ FOGHORN_DATA: data }, { port: service.port, shop })
  return {
    doors: [{ host: '127.0.0.1', port: service.port, path }],
    used: () => ({ service: service.cpuSeconds() }),
    events: async () => countInFolder(data),
    bytes: async () => bytesOfFolder(data),
    stop: service.stop,
  }
}

/** So many doors and workers, and one process that answers people and looks at the clock. */
export const startScaled = async (folder, { shop, doors: doorCount, workers: workerCount }) => {
  const [postgres, nats] = [await startPostgres(), await startNats(folder)]
  const env = {
    FOGHORN_DATABASE_URL: postgres.url,
    FOGHORN_QUEUE_URL: nats.url,
    FOGHORN_PUBLIC_URL: 'http://127.0.0.1:4300',
    FOGHORN_SECRET_KEY: 'the same in every process',
  }
  const start = (role, number) => startProcess(join(folder, `${role}-${number}`), { ...env, FOGHORN_ROLE: role })
  const office = await start('web,scheduler', 1)
  const path = await furnish({ ...env, FOGHORN_DATA: join(folder, 'commands') }, { port: office.port, shop })
  const several = (role, count) => Promise.all(Array.from({ length: count }, (_, index) => start(role, index + 1)))
  const [doors, workers] = [await several('ingest', doorCount), await several('worker', workerCount)]
  const usedBy = (processes) => sum(processes.map((one) => one.cpuSeconds()))
  return {
    doors: doors.map(({ port }) => ({ host: '127.0.0.1', port, path })),
    used: () => ({
      door: usedBy(doors),
      workers: usedBy(workers),
      rest: usedBy([office]),
      PostgreSQL: postgres.cpuSeconds(),
      NATS: nats.cpuSeconds(),
    }),
    events: postgres.events,
    bytes: postgres.bytes,
    stop: async () => {
      for (const process of [...doors, ...workers, office, nats, postgres]) await process.stop()
    },
  }
}
