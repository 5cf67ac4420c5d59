import { afterEach, beforeEach } from 'vitest'
import { openMainDatabase, type MainDatabase } from '../src/adapters/sql/database.ts'
import { mainFile } from '../src/data-folder.ts'
import { startService, type TestService } from './harness.ts'

export let service: TestService
/** The service's main store, for a look behind its back. */
export let db: MainDatabase

/** Gives each test of the file a service of its own. */
export const useServiceAndStore = (): void => {
  beforeEach(async () => {
    service = await startService()
    db = openMainDatabase(mainFile(service.data))
  })
  afterEach(async () => {
    await db.destroy()
    await service.close()
  })
}
