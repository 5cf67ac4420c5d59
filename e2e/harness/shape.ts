import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from './foghorn.ts'
import { freePort } from './free-port.ts'
import { createScaled, partsOf } from './scaled.ts'
import { createService, type Service } from './service.ts'

/** How an installation runs. */
export interface Shape {
  service: Service
  /** What commands have to know to act on it. */
  env: Environment
  /** The data folder of each process. */
  folders: string[]
  close(): Promise<void>
}

/** One process and one folder. */
const single = async (worker: number, env: Environment): Promise<Shape> => {
  const data = await mkdtemp(join(tmpdir(), 'foghorn-e2e-'))
  const port = await freePort(worker)
  const service = createService({ port, data, env })
  const close = async () => {
    await service.stop()
    await rm(data, { recursive: true, force: true })
  }
  return { service, env: { ...env, FOGHORN_DATA: data, FOGHORN_PORT: String(port) }, folders: [data], close }
}

const ONE_OF_EACH = { web: 1, ingest: 1, worker: 1, scheduler: 1 }

/** Whether installations are several processes, whose store is a database. */
export const isScaled = process.env.FOGHORN_E2E_SHAPE === 'scaled'

/** What `FOGHORN_E2E_SHAPE` names: one process, or `scaled` for one of each role over PostgreSQL and NATS. */
export const createShape = (worker: number, env: Environment = {}): Promise<Shape> =>
  isScaled ? createScaled(worker, { parts: partsOf(ONE_OF_EACH), natsServers: 1, env }) : single(worker, env)
