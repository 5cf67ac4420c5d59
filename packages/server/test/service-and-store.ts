import { afterEach, beforeEach } from 'vitest'
import type { MainDatabase } from '../src/adapters/sql/main-database.ts'
import { startService, type TestService } from './harness.ts'
import { openDatabase } from './main-store.ts'

export let service: TestService
/** The service's main store, for a look behind its back. */
export let db: MainDatabase

/** Gives each test of the file a service of its own. */
export const useServiceAndStore = (): void => {
  beforeEach(async () => {
    service = await startService()
    db = await openDatabase(service.data)
  })
  afterEach(async () => {
    await db.destroy()
    await service.close()
  })
}
