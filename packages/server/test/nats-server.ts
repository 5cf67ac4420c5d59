// A real NATS server with JetStream, as a process on a port of its own.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NatsSettings } from '../src/adapters/nats/connect.ts'

const BIN = process.env['FOGHORN_NATS_SERVER'] ?? 'nats-server'

/** Why tests with NATS cannot run here; undefined when they can. */
export const natsIsMissing =
  spawnSync(BIN, ['--version']).status === 0
    ? undefined
    : 'there is no nats-server: install it (apt-get install nats-server), or set FOGHORN_NATS_SERVER to its path'

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

// Below the ports that connections get which go out: servers come back to theirs while others connect. Processes of tests
// begin apart.
const [FIRST_PORT, PORTS] = [10_000, 20_000]
let tried = (process.pid * 97) % PORTS

export const freePort = async (): Promise<number> => {
  for (;;) {
    tried = (tried + 1) % PORTS
    const port = FIRST_PORT + tried
    if (await isFree(port)) return port
  }
}

/** Settings of a service that has an inbox of this name at these ports. */
export const settingsFor = (ports: readonly number[], more: Partial<NatsSettings> = {}): NatsSettings => ({
  servers: ports.map((port) => `nats://127.0.0.1:${port}`),
  name: 'foghorn',
  replicas: 1,
  credentials: undefined,
  user: undefined,
  password: undefined,
  ca: undefined,
  certificate: undefined,
  certificateKey: undefined,
  ...more,
})

export interface NatsServer {
  host: string
  port: number
  folder: string
  start(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
  close(): Promise<void>
}

/** Where a server runs: its address, and what a command begins with that is to run there. */
export interface NatsPlace {
  address: string
  within: readonly string[]
}

const HERE: NatsPlace = { address: '127.0.0.1', within: [] }

export interface ServerWish {
  port?: number
  place?: NatsPlace
  jetstream?: boolean
  maxPayload?: string
  /** More of its configuration; is given the server's folder. */
  more?: (folder: string) => string
}

const READY = /Server is ready/

// A run that is stopped half-way must not leave servers behind.
const left = new Set<ChildProcess>()
process.once('exit', () => left.forEach((running) => running.kill('SIGKILL')))

const run = (config: string, within: readonly string[]): Promise<ChildProcess> =>
  new Promise((resolve, reject) => {
    let output = ''
    const [file = BIN, ...args] = [...within, BIN, '-c', config]
    const running = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    running.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (READY.test(output)) resolve(running)
    })
    left.add(running)
    running.once('exit', () => left.delete(running))
    running.once('exit', () => reject(new Error(`nats-server ended:\n${output}`)))
  })

const end = async (running: ChildProcess): Promise<void> => {
  if (running.exitCode !== null || running.signalCode !== null) return
  const exit = once(running, 'exit')
  running.kill('SIGKILL')
  await exit
}

export const startNatsServer = async (wish: ServerWish = {}): Promise<NatsServer> => {
  const { port = await freePort(), jetstream = true, maxPayload = '32MB', more = () => '', place = HERE } = wish
  const folder = mkdtempSync(join(tmpdir(), 'foghorn-nats-'))
  const config = join(folder, 'nats.conf')
  const store = jetstream ? `jetstream { store_dir: "${folder}/store" }` : ''
  writeFileSync(config, `listen: "${place.address}:${port}"\nmax_payload: ${maxPayload}\n${store}\n${more(folder)}`)
  const start = (): Promise<ChildProcess> => run(config, place.within)
  let running = await start()
  return {
    host: place.address,
    port,
    folder,
    start: async () => void (running = await start()),
    kill: () => end(running),
    close: async () => {
      await end(running)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Servers that keep every message together; each may have a place of its own. */
export const startNatsCluster = async (size: number, places: readonly NatsPlace[] = []): Promise<NatsServer[]> => {
  const placeOf = (index: number): NatsPlace => places[index] ?? HERE
  const routes: string[] = []
  for (let index = 0; index < size; index += 1) routes.push(`${placeOf(index).address}:${await freePort()}`)
  const addresses = routes.map((route) => `nats://${route}`).join(', ')
  const clusterOf = (index: number) => (): string =>
    `server_name: n${index}\ncluster { name: test, listen: "${routes[index]}", routes: [${addresses}] }`
  return Promise.all(routes.map((_, index) => startNatsServer({ place: placeOf(index), more: clusterOf(index) })))
}

export interface Proxy {
  port: number
  /** Whoever came through it hears nothing any more, and nobody comes through again. */
  cut(): void
  /** The same, but connections stay open. */
  hold(): void
}

export const startProxy = async (target: number): Promise<Proxy> => {
  const sockets = new Set<Socket>()
  const proxy = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
    }
    near.pipe(far).pipe(near)
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    port: (proxy.address() as AddressInfo).port,
    hold: () => {
      for (const socket of sockets) socket.unpipe().pause()
    },
    cut: () => {
      proxy.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
