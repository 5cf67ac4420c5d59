import { openDB, type DBSchema, type IDBPDatabase, type IDBPObjectStore } from 'idb'
import { BATCH, entryTime, type Entry, type Store } from './entry.ts'

// An entry seldom weighs over 16 KB, so this is a few megabytes.
const MAX_ENTRIES = 500
const MAX_AGE_MS = 7 * 24 * 3_600_000

interface Schema extends DBSchema {
  entries: { key: string; value: Entry }
}

type Entries = IDBPObjectStore<Schema, ['entries'], 'entries', 'readwrite'>

const dropOldest = async (store: Entries): Promise<Entry[]> => {
  const surplus = (await store.count()) - MAX_ENTRIES
  if (surplus <= 0) return []
  const dropped = await store.getAll(null, surplus)
  for (const entry of dropped) void store.delete(entry.id)
  return dropped
}

/** Opens the page's buffer in IndexedDB. The connection is opened again when the browser has closed it. */
export const openStore = async (name: string): Promise<Store> => {
  let connection: Promise<IDBPDatabase<Schema>> | undefined
  const forget = (): void => void (connection = undefined)
  const connect = (): Promise<IDBPDatabase<Schema>> =>
    (connection ??= openDB<Schema>(name, 1, {
      upgrade: (db) => void db.createObjectStore('entries', { keyPath: 'id' }),
      // A newer version of this page wants to upgrade: give way.
      blocking: (_version, _blocked, event) => {
        forget()
        ;(event.target as IDBDatabase).close()
      },
      terminated: forget,
    }).catch((error) => {
      forget()
      throw error
    }))

  await connect()
  return {
    put: async (entries) => {
      const { store, done } = (await connect()).transaction('entries', 'readwrite')
      for (const entry of entries) void store.put(entry)
      const dropped = await dropOldest(store)
      await done
      return dropped
    },
    list: async () => {
      const db = await connect()
      const entries = await db.getAll('entries', null, BATCH)
      const [current, expired] = [[] as Entry[], [] as Entry[]]
      for (const entry of entries) (Date.now() - entryTime(entry) > MAX_AGE_MS ? expired : current).push(entry)
      await Promise.all(expired.map((entry) => db.delete('entries', entry.id)))
      return current
    },
    remove: async (ids) => {
      const { store, done } = (await connect()).transaction('entries', 'readwrite')
      for (const id of ids) void store.delete(id)
      await done
    },
  }
}
