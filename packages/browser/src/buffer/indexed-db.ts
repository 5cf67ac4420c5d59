import { openDB, type DBSchema, type IDBPDatabase, type IDBPObjectStore } from 'idb'
import { joinIds, readId, type Entry, type Store } from './entry.ts'

const MAX_RECORDS = 500
const MAX_CHARS = 5_000_000
const MAX_AGE_MS = 7 * 24 * 3_600_000
const PAGE = 20
const WRITES_BETWEEN = 10

/** Entries that came together: one write, one erasure. */
interface Batch {
  /** That of the first entry, with the weight of all. */
  id: string
  entries: Entry[]
}

interface Schema extends DBSchema {
  entries: { key: string; value: Batch }
}

type Batches = IDBPObjectStore<Schema, ['entries'], 'entries', 'readwrite'>

/** Those that have to go: too old, or too many or too heavy together with all that are younger. */
const surplusOf = (ids: string[]): string[] => {
  let chars = 0
  return ids.toReversed().filter((id, at) => {
    const batch = readId(id)
    chars += batch.chars
    return at >= MAX_RECORDS || chars > MAX_CHARS || Date.now() - batch.time > MAX_AGE_MS
  })
}

/** Opens the page's buffer in IndexedDB. The connection is opened again when the browser has closed it. */
export const openStore = async (name: string, onOverflow: (dropped: Entry) => void): Promise<Store> => {
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
  /** One transaction. Everything in it is waited for: a failure that nobody waits for would be reported as the page's. */
  const change = async <T>(work: (store: Batches) => Promise<T>): Promise<T> => {
    const { store, done } = (await connect()).transaction('entries', 'readwrite')
    const [result] = await Promise.all([work(store), done])
    return result
  }
  /** What is left of the batches that this page knows. */
  const left = new Map<string, Set<string>>()
  const learn = ({ id, entries }: Batch): void => {
    // One that is known may have lost some already, which will not be removed a second time.
    if (!left.has(id)) left.set(id, new Set(entries.map((entry) => entry.id)))
  }
  const dropSurplus = async (store: Batches): Promise<void> => {
    for (const id of surplusOf(await store.getAllKeys())) {
      ;(await store.get(id))!.entries.forEach(onOverflow)
      await store.delete(id)
    }
  }

  let writes = 0
  await connect()
  return {
    put: (entries) =>
      change(async (store) => {
        const batch = { id: joinIds(entries), entries }
        learn(batch)
        await store.put(batch)
        // Asking for all keys takes as long as the writing.
        if (writes++ % WRITES_BETWEEN === 0) await dropSurplus(store)
      }),
    list: () =>
      change(async (store) => {
        await dropSurplus(store)
        const batches = await store.getAll(null, PAGE)
        batches.forEach(learn)
        return { entries: batches.flatMap(({ entries }) => entries), isWhole: batches.length < PAGE }
      }),
    remove: (ids) =>
      change(async (store) => {
        for (const [id, entries] of left) {
          for (const entry of ids) entries.delete(entry)
          if (entries.size > 0) continue
          left.delete(id)
          await store.delete(id)
        }
      }),
  }
}
