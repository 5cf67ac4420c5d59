/** How many entries are read at a time. */
export const BATCH = 20

/** Something on its way to the service. */
export interface Entry {
  /** Sorts by time: milliseconds in base 36, then the ID of what is inside. */
  id: string
  /** What rate limits call it: `error`, `session`, `feedback`… */
  category: string
  eventId?: string | undefined
  /** The envelope's items: lines of JSON. */
  items: string
}

export const entryTime = (entry: Entry): number => Number.parseInt(entry.id.split('-')[0]!, 36)

/** Keeps entries until they are removed, over reloads and crashes. */
export interface Store {
  /** Writes entries and gives those that had to go for them, oldest first. */
  put(entries: Entry[]): Promise<Entry[]>
  /** The oldest entries. */
  list(): Promise<Entry[]>
  remove(ids: string[]): Promise<void>
}
