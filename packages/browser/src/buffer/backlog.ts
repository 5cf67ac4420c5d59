import { createBatch } from './batch.ts'
import { BATCH, type Entry, type Store } from './entry.ts'

const PATIENCE_MS = 1000
const patience = (): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, undefined))

export interface Backlog {
  /** Writes the entry to the store, or gives up waiting for it; it is in the backlog either way. */
  keep(entry: Entry): Promise<unknown>
  /** What waits, oldest first: what this page added and what earlier pages left. */
  list(): Promise<Entry[]>
  /** What this page added and has no answer for. */
  own: Map<string, Entry>
  /** Of these, what the store has not confirmed. */
  unwritten(): Entry[]
  /** Takes an entry out for good. */
  forget(entry: Entry): Promise<unknown>
  /** False where the browser refuses a store: then the backlog ends with the page. */
  isStored(): Promise<boolean>
}

/** Everything that has not arrived: in memory, and in a store that survives the page. */
export const createBacklog = (openStore: () => Promise<Store>, onOverflow: (dropped: Entry) => void): Backlog => {
  const own = new Map<string, Entry>()
  const written = new Set<string>()
  // A store may take its time: until it has followed, this is what keeps an entry from being sent again.
  const forgotten = new Set<string>()
  let opening: Promise<Store | undefined> | undefined
  // Private windows and full disks refuse one; some browsers never answer.
  const store = (): Promise<Store | undefined> =>
    (opening ??= Promise.race([openStore(), patience()]).catch(() => undefined))
  const inTime = <T>(work: Promise<T>): Promise<T | undefined> =>
    Promise.race([work, patience()]).catch(() => undefined)

  const write = createBatch(async (entries: Entry[]) => {
    const dropped = await (await store())?.put(entries)
    if (!dropped) return
    for (const entry of entries) written.add(entry.id)
    for (const old of dropped) {
      own.delete(old.id)
      onOverflow(old)
    }
  })
  const erase = createBatch(async (ids: string[]) => (await store())?.remove(ids))

  return {
    own,
    unwritten: () => [...own.values()].filter((entry) => !written.has(entry.id)),
    keep: (entry) => {
      own.set(entry.id, entry)
      return inTime(write(entry))
    },
    list: async () => {
      const stored = await inTime(store().then((opened) => opened?.list()))
      const found = new Map(stored?.map((entry) => [entry.id, entry]))
      for (const [id, entry] of own) {
        // What was written and is no longer there was sent by another tab.
        if (written.has(id) && stored && stored.length < BATCH && !found.has(id)) own.delete(id)
        else found.set(id, entry)
      }
      const waiting = [...found.values()].filter((entry) => !forgotten.has(entry.id))
      return waiting.sort((one, two) => (one.id < two.id ? -1 : 1))
    },
    forget: (entry) => {
      own.delete(entry.id)
      forgotten.add(entry.id)
      return inTime(erase(entry.id))
    },
    isStored: async () => (await store()) !== undefined,
  }
}
