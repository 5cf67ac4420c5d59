import type { Entry, Store } from './entry.ts'

const PATIENCE_MS = 1000
const patience = (): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, undefined))

export interface Backlog {
  /** What this page added and has no answer for. */
  own: Map<string, Entry>
  /** Of these, what the store has not confirmed. */
  unwritten(): Entry[]
  /** Writes entries to the store together, or gives up waiting for it; they are in the backlog either way. */
  keep(entries: Entry[]): Promise<unknown>
  /** What waits, oldest first: what this page added and what earlier pages left. */
  list(): Promise<Entry[]>
  /** Takes entries out for good: from now on, the store will follow. */
  forget(entries: Entry[]): void
  isForgotten(id: string): boolean
  /** Waits until the store has followed. */
  settle(): Promise<unknown>
  /** False where the browser refuses a store: then the backlog ends with the page. */
  isStored(): Promise<boolean>
}

/** Everything that has not arrived: in memory, and in a store that survives the page. */
export const createBacklog = (openStore: () => Promise<Store>): Backlog => {
  const own = new Map<string, Entry>()
  const written = new Set<string>()
  // The store takes its time: until it has followed, this is what keeps an entry from being sent again.
  const forgotten = new Set<string>()
  const leaving: string[] = []
  let opening: Promise<Store | undefined> | undefined
  // Private windows and full disks refuse one; some browsers never answer.
  const inTime = <T>(work: Promise<T>): Promise<T | undefined> =>
    Promise.race([work, patience()]).catch(() => undefined)
  const store = (): Promise<Store | undefined> => (opening ??= inTime(openStore()))

  const write = async (entries: Entry[]): Promise<void> => {
    const opened = await store()
    await opened?.put(entries)
    if (opened) for (const { id } of entries) written.add(id)
  }

  const forget = (entries: Entry[]): void => {
    for (const { id } of entries) {
      own.delete(id)
      forgotten.add(id)
      leaving.push(id)
    }
  }

  return {
    own,
    unwritten: () => [...own.values()].filter(({ id }) => !written.has(id)),
    keep: (entries) => {
      // A beacon may have taken some along already.
      const waiting = entries.filter(({ id }) => !forgotten.has(id))
      for (const entry of waiting) own.set(entry.id, entry)
      return waiting[0] ? inTime(write(waiting)) : Promise.resolve()
    },
    list: async () => {
      const stored = await inTime(store().then((opened) => opened?.list()))
      const found = new Map(stored?.entries.map((entry) => [entry.id, entry]))
      // It came to the store after it was to leave it.
      leaving.push(...[...found.keys()].filter((id) => forgotten.has(id)))
      for (const [id, entry] of own) {
        // What was written and is no longer there was sent by another tab.
        if (written.has(id) && stored?.isWhole && !found.has(id)) forget([entry])
        else found.set(id, entry)
      }
      return [...found.values()].filter(({ id }) => !forgotten.has(id)).sort((one, two) => (one.id < two.id ? -1 : 1))
    },
    forget,
    isForgotten: (id) => forgotten.has(id),
    settle: async () => leaving[0] && inTime(store().then((opened) => opened?.remove(leaving.splice(0)))),
    isStored: async () => (await store()) !== undefined,
  }
}
