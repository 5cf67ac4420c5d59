import type { Item } from '../send/envelope.ts'

/** Keeps items where writing is immediate, in the form that the stash of the next page reads. */
export interface Early {
  items: Item[]
  add(item: Item): void
  /** Gives them all back, to be kept elsewhere. */
  take(): Item[]
}

export const createEarly = (name: string): Early => {
  const items: Item[] = []
  const attempt = (work: (key: string, item: Item) => void, item: Item): void => {
    try {
      work(`${name}-${item.id}`, item)
    } catch {
      // Refused or full: then memory has to do.
    }
  }
  return {
    items,
    add: (item) => {
      items.push(item)
      if (item.id) attempt((key) => localStorage.setItem(key, JSON.stringify([item])), item)
    },
    take: () => {
      for (const item of items) attempt((key) => localStorage.removeItem(key), item)
      return items.splice(0)
    },
  }
}
