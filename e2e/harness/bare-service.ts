import type { Service } from './service.ts'
import { createShape } from './shape.ts'

/** A service as it is when it was started for the first time: no account, no project. */
export const startBareService = async (worker: number): Promise<{ service: Service; close(): Promise<void> }> => {
  const { service, close } = await createShape(worker)
  await service.start()
  return { service, close }
}
