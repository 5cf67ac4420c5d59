// The main store of a test: in its data folder, or in a database, as the run has it.
import { inject } from 'vitest'
import { openPostgres } from '../src/adapters/postgres/database.ts'
import { openMainDatabase, type MainDatabase } from '../src/adapters/sql/database.ts'
import { mainFile } from '../src/data-folder.ts'
import type { StoreOptions } from '../src/stores.ts'
import { copyEmptyStore } from './empty-store.ts'
import { createDatabase, type TestDatabase } from './postgres-server.ts'

/** Whether this run keeps its stores in PostgreSQL. */
export const onPostgres = inject('postgresServer') !== undefined

const databases = new Map<string, TestDatabase>()

/** Puts an empty store with the newest schema where a folder's service will look for it. */
export const createEmptyStore = async (data: string): Promise<void> => {
  if (onPostgres) databases.set(data, await createDatabase())
  else copyEmptyStore(data)
}

/** Where the main store of a folder is, for `openStores`. */
export const storeOptions = (data: string): Pick<StoreOptions, 'postgres'> => ({
  postgres: databases.get(data)?.settings,
})

/** Opens the main store of a folder, for a look behind the service's back. */
export const openDatabase = async (data: string): Promise<MainDatabase> => {
  const database = databases.get(data)
  return database ? openPostgres({ ...database.settings, connections: 1 }) : openMainDatabase(mainFile(data))
}

export const dropStore = async (data: string): Promise<void> => {
  await databases.get(data)?.drop()
  databases.delete(data)
}
