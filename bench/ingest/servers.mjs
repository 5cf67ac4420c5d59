// Starts what is measured, each in a process of its own, and reads from the system what it used.
import { fork, spawn } from 'node:child_process'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { BIN, foghorn } from './shop.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const HOST = '127.0.0.1'
const TICKS_PER_SECOND = 100

const statusOf = (pid, name) =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1])

/** User and system time of all threads, from /proc/<pid>/stat. */
const cpuSeconds = (pid) => {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).map(Number)
  return (user + system) / TICKS_PER_SECOND
}

/** What the process had the disk write, from /proc/<pid>/io; what another write made needless before is not in it. */
const writtenBytes = (pid) => {
  const text = readFileSync(`/proc/${pid}/io`, 'utf8')
  const of = (name) => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(text)[1])
  return of('write_bytes') - of('cancelled_write_bytes')
}

const startFork = async (file, data) => {
  const child = fork(here(file), [data])
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const told = await new Promise((resolve, reject) => {
    child.once('message', resolve)
    exited.then((code) => reject(new Error(`${file} ended with code ${code}`)))
  })
  return { ...measured(child), ...told }
}

/** A process to send to, and what it used. */
const measured = (child) => {
  const exited = new Promise((resolve) => child.once('exit', resolve))
  return {
    host: HOST,
    cpuSeconds: () => cpuSeconds(child.pid),
    writtenBytes: () => writtenBytes(child.pid),
    peakMegabytes: () => statusOf(child.pid, 'VmHWM') / 1024,
    pid: child.pid,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      await exited
    },
  }
}

export const startBare = (data) => startFork('bare.mjs', data)

export const startAcceptor = (data) => startFork('acceptor.mjs', data)

const libsql = createRequire(new URL('../../packages/server/package.json', import.meta.url))('libsql')

const waitingIn = (data) => {
  const inbox = new libsql(join(data, 'inbox.db'))
  const [{ waiting }] = inbox.prepare('SELECT count(*) AS waiting FROM inbox').all([])
  inbox.close()
  return waiting
}

const LOOK_EVERY_MS = 50

const untilEmpty = async (data) => {
  while (waitingIn(data) > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
}

const bytesOfStore = (data) =>
  readdirSync(data)
    .filter((file) => file.startsWith('foghorn.db'))
    .reduce((sum, file) => sum + statSync(join(data, file)).size, 0)

const framesOf = (event) =>
  event.entries
    .filter(({ type }) => type === 'exception')
    .flatMap(({ data }) => data.values.flatMap(({ stacktrace }) => stacktrace.frames))

/** Which share of the frames of the newest events was resolved. */
const resolvedShare = async ({ host, port, token }) => {
  const read = async (path) =>
    (await fetch(`http://${host}:${port}/api/0${path}`, { headers: { authorization: `Bearer ${token}` } })).json()
  const issues = await read('/projects/acme/shop/issues/')
  const events = await Promise.all(
    issues.slice(0, 20).map(({ id }) => read(`/organizations/acme/issues/${id}/events/latest/`)),
  )
  const frames = events.flatMap(framesOf)
  return frames.filter(({ resolution }) => resolution.status === 'resolved').length / frames.length
}

const countEvents = (data) => {
  const store = new libsql(join(data, 'foghorn.db'))
  const [{ events }] = store.prepare('SELECT count(*) AS events FROM event').all([])
  store.close()
  return events
}

const createProject = async (data) => {
  const run = async (...args) => JSON.parse((await foghorn([...args, '--json', '--data', data])).stdout)
  const { id, publicKey } = await run('project', 'create', 'acme/shop')
  const { token } = await run('token', 'create', '--org', 'acme')
  return { path: `/api/${id}/envelope/?sentry_version=7&sentry_key=${publicKey}`, token }
}

const portOf = (child) =>
  new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The service ended with code ${code}.`)))
    createInterface({ input: child.stderr }).on('line', (line) => {
      const url = /^Foghorn is at (\S+)$/.exec(line)?.[1]
      if (url) resolve(Number(new URL(url).port))
    })
  })

/** The whole service as people start it, on a folder that may hold a store already, with settings of the environment. */
export const startServiceOn = async (data, env = {}) => {
  const project = await createProject(data)
  const child = spawn(BIN, ['serve', '--port', '0', '--data', data], {
    // What a service logs of each new issue would stand between the tables.
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, FOGHORN_LOG_FORMAT: 'json', ...env },
  })
  const server = { ...measured(child), ...project, port: await portOf(child) }
  return {
    ...server,
    drained: () => untilEmpty(data),
    storedBytes: () => bytesOfStore(data),
    storedEvents: () => countEvents(data),
    resolvedShare: () => resolvedShare(server),
  }
}

export const startService = (shop) => async (data) => {
  const server = await startServiceOn(data)
  await foghorn(['sourcemaps', 'upload', shop], {
    FOGHORN_URL: `http://${HOST}:${server.port}`,
    FOGHORN_AUTH_TOKEN: server.token,
    FOGHORN_ORG: 'acme',
    FOGHORN_PROJECT: 'shop',
  })
  return server
}
