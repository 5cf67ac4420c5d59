import { hexId } from '../enrich/id.ts'
import { itemLines, type Item } from '../send/envelope.ts'

/** Something on its way to the service. */
export interface Entry {
  /** Sorts by time: milliseconds in base 36, the ID of what is inside, and its weight in base 36. */
  id: string
  /** What rate limits call it: `error`, `session`, `feedback`… */
  category: string
  eventId?: string | undefined
  /** The envelope's items: lines of JSON. */
  items: string
  /** What follows them in the envelope, as bytes. */
  rest?: Blob
}

// What rate limits and reports call the items.
const CATEGORIES: Record<string, string> = { event: 'error', client_report: 'internal' }

const idOf = (time: string, id: string, chars: number): string => `${time}-${id}-${chars.toString(36)}`

export const entryOf = ({ id, type, payload, rest }: Item, more = ''): Entry => {
  const items = itemLines(type, payload) + more
  return {
    id: idOf(Date.now().toString(36), id ?? hexId(), items.length),
    eventId: id,
    category: CATEGORIES[type] ?? type,
    items,
    ...(rest instanceof Blob && { rest }),
  }
}

/** When it was made, and how many characters it has. */
export const readId = (id: string): { time: number; chars: number } => {
  const [time, , chars] = id.split('-').map((part) => Number.parseInt(part, 36))
  return { time: time!, chars: chars! }
}

/** One ID for several: the first's, with the weight of all. */
export const joinIds = ([first, ...others]: Entry[]): string => {
  const [time, id] = first!.id.split('-')
  return idOf(
    time!,
    id!,
    [first!, ...others].reduce((sum, { items }) => sum + items.length, 0),
  )
}

/** Keeps entries until they are removed, over reloads and crashes. */
export interface Store {
  put(entries: Entry[]): Promise<void>
  /** The oldest entries, a page of them; whole when there are no others. */
  list(): Promise<{ entries: Entry[]; isWhole: boolean }>
  remove(ids: string[]): Promise<void>
}
