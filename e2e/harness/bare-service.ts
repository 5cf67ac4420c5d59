import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { createService, type Service } from './service.ts'

/** A service as it is when it was started for the first time: no account, no project. */
export const startBareService = async (worker: number): Promise<{ service: Service; close(): Promise<void> }> => {
  const data = await mkdtemp(join(tmpdir(), 'foghorn-e2e-bare-'))
  const service = createService({ port: await freePort(worker), data })
  await service.start()
  const close = async () => {
    await service.stop()
    await rm(data, { recursive: true, force: true })
  }
  return { service, close }
}
