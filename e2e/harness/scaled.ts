import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNatsCluster, startNatsServer, type NatsServer } from '../../packages/server/test/nats-server.ts'
import { startBalancer } from './balancer.ts'
import type { Environment } from './foghorn.ts'
import { freePorts } from './free-port.ts'
import { startPostgres, type Postgres } from './postgres.ts'
import { createService, type Service } from './service.ts'

export const ROLES = ['web', 'ingest', 'worker', 'scheduler'] as const

export type Role = (typeof ROLES)[number]

export interface Member {
  name: string
  role: Role
  service: Service
}

export interface Scaled {
  members: Member[]
  nats: NatsServer[]
  postgres: Postgres
  /** All of it as one service. */
  service: Service
  /** What commands have to know to act on it. */
  env: Environment
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

/** The service as processes of one role each, over real PostgreSQL and NATS, behind a balancer. Nothing runs yet of its own. */
export const createScaled = async (worker: number, { parts, natsServers, env = {} }: ScaledWish): Promise<Scaled> => {
  const data = await mkdtemp(join(tmpdir(), 'foghorn-e2e-scaled-'))
  const [port, ...ports] = await freePorts(worker, 1 + parts.length)
  const url = `http://127.0.0.1:${port}`
  const postgres = await startPostgres()
  const nats = natsServers === 1 ? [await startNatsServer()] : await startNatsCluster(natsServers)
  const shared = {
    ...env,
    FOGHORN_DATABASE_URL: postgres.url,
    FOGHORN_QUEUE_URL: nats.map((server) => `nats://127.0.0.1:${server.port}`).join(),
    FOGHORN_NATS_REPLICAS: String(natsServers),
    FOGHORN_PUBLIC_URL: url,
    FOGHORN_SECRET_KEY: 'the same in every process',
  }
  const members = parts.map(({ role, name, command, env: own }, index): Member => {
    const place = { port: ports[index]!, data: join(data, name.replace(' ', '-')) }
    const service = createService({ ...place, ...(command && { command }), env: { ...own, ...shared } })
    return { role, name, service }
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
  return { members, nats, postgres, service, env: { ...shared, FOGHORN_DATA: join(data, 'commands') }, close }
}
