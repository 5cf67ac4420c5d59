import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNatsCluster, startNatsServer, type NatsServer } from '../../packages/server/test/nats-server.ts'
import { startBalancer } from './balancer.ts'
import type { Environment } from './foghorn.ts'
import { freePorts } from './free-port.ts'
import type { Machine, Network } from './network.ts'
import { startPostgres, type Postgres } from './postgres.ts'
import { createService, type Service } from './service.ts'

export const ROLES = ['web', 'ingest', 'worker', 'scheduler'] as const

/** For whoever asks from another machine. */
export const METRICS_TOKEN = 'only-for-these-tests'

export type Role = (typeof ROLES)[number]

export interface Member {
  name: string
  role: Role
  service: Service
  machine?: Machine
}

export interface NatsMember extends NatsServer {
  machine?: Machine
}

export interface Scaled {
  members: Member[]
  nats: NatsMember[]
  postgres: Postgres
  /** That of the database, and of whoever asks the balancer. */
  here?: Machine
  /** All of it as one service. */
  service: Service
  /** What commands have to know to act on it. */
  env: Environment
  /** The data folder of each process. */
  folders: string[]
  close(): Promise<void>
}

/** One process of an installation. */
export interface Part {
  name: string
  role: Role
  /** Default: what takes its role from the environment. */
  command?: string[]
  env?: Environment
}

export interface ScaledWish {
  parts: readonly Part[]
  natsServers: number
  env?: Environment
  /** Where each process and each NATS server gets a machine of its own. Default: all on this one. */
  network?: Network
}

/** So many processes of each role. */
export const partsOf = (processes: Record<Role, number>): Part[] =>
  ROLES.flatMap((role) =>
    Array.from({ length: processes[role] }, (_, index) => ({
      role,
      name: `${role} ${index + 1}`,
      env: { FOGHORN_ROLE: role },
    })),
  )

/** Processes that come and go together; people know the balancer's address, and the link that the first one printed. */
const asOne = (url: string, members: readonly Member[]): Service => {
  const all = (act: (service: Service) => Promise<void>) => async () =>
    void (await Promise.all(members.map(({ service }) => act(service))))
  return {
    url,
    setupUrl: () => members.find(({ role }) => role === 'web')!.service.setupUrl(),
    output: () => members.map(({ name, service }) => `--- ${name}\n${service.output()}`).join('\n'),
    start: all((service) => service.start()),
    kill: all((service) => service.kill()),
    stop: all((service) => service.stop()),
    halt: () => members.forEach(({ service }) => service.halt()),
    resume: () => members.forEach(({ service }) => service.resume()),
  }
}

/** A machine for each; none where there is no network. */
const machinesOn = async (network: Network | undefined, count: number): Promise<Machine[]> => {
  const machines: Machine[] = []
  if (!network) return machines
  while (machines.length < count) machines.push(await network.add())
  return machines
}

const startNats = async (size: number, network: Network | undefined): Promise<NatsMember[]> => {
  if (size === 1) return [await startNatsServer()]
  const machines = await machinesOn(network, size)
  const servers = await startNatsCluster(size, machines)
  return servers.map((server, index) => ({ ...server, ...(machines[index] && { machine: machines[index] }) }))
}

/** The service as processes of one role each, over real PostgreSQL and NATS, behind a balancer. Nothing runs yet of its own. */
export const createScaled = async (worker: number, wish: ScaledWish): Promise<Scaled> => {
  const { parts, natsServers, env = {}, network } = wish
  const data = await mkdtemp(join(tmpdir(), 'foghorn-e2e-scaled-'))
  const [port, ...ports] = await freePorts(worker, 1 + parts.length)
  const url = `http://127.0.0.1:${port}`
  const postgres = await startPostgres(network && { address: network.here.address, range: network.range })
  const nats = await startNats(natsServers, network)
  const machines = await machinesOn(network, parts.length)
  const shared = {
    ...env,
    FOGHORN_DATABASE_URL: postgres.url,
    FOGHORN_QUEUE_URL: nats.map(({ host, port: at }) => `nats://${host}:${at}`).join(),
    FOGHORN_NATS_REPLICAS: String(natsServers),
    FOGHORN_PUBLIC_URL: url,
    FOGHORN_SECRET_KEY: 'the same in every process',
    FOGHORN_METRICS_TOKEN: METRICS_TOKEN,
  }
  const folders = parts.map(({ name }) => join(data, name.replace(' ', '-')))
  const members = parts.map(({ role, name, command, env: own }, index): Member => {
    const machine = machines[index] && { machine: machines[index] }
    const place = { port: ports[index]!, data: folders[index]!, ...machine }
    const service = createService({ ...place, ...(command && { command }), env: { ...own, ...shared } })
    return { role, name, service, ...machine }
  })
  const urlsOf = (role: Role) => members.filter((member) => member.role === role).map(({ service }) => service.url)
  const balancer = await startBalancer(port!, { ingest: urlsOf('ingest'), web: urlsOf('web') })
  const service = asOne(url, members)
  const close = async () => {
    await service.stop()
    await balancer.close()
    await Promise.all(nats.map((server) => server.close()))
    await postgres.close()
    await rm(data, { recursive: true, force: true })
  }
  return {
    members,
    nats,
    postgres,
    ...(network && { here: network.here }),
    service,
    env: { ...shared, FOGHORN_DATA: join(data, 'commands') },
    folders,
    close,
  }
}
