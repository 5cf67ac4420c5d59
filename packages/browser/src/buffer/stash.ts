import { hexId } from '../enrich/id.ts'
import type { Item } from '../send/envelope.ts'
import { entryOf, type Entry } from './entry.ts'

// IndexedDB answers in its own time, which a page that goes does not have: what it has not yet written is put where
// writing is immediate, and the next page takes it over: entries, and items that came before the delivery did.
const MAX_CHARS = 500_000

export interface Stash {
  /** Replaces what this page has put aside. */
  save(entries: Entry[]): void
  /** Takes out items that came before the delivery did; gives them. */
  takeOut(items: Item[]): Item[]
  /** What pages have put aside, and how to clear it once it is somewhere else. */
  read(): { entries: Entry[]; clear: () => void }
}

const attempt = <T>(run: () => T, otherwise: T): T => {
  try {
    return run()
  } catch {
    // Storage may be refused or full, and others may have written to it.
    return otherwise
  }
}

export const createStash = (name: string): Stash => {
  const own = `${name}-${hexId()}`
  const parse = (key: string): Entry[] =>
    attempt(() => {
      const found = JSON.parse(localStorage.getItem(key)!) as (Entry | Item)[]
      return found.map((one) => ('payload' in one ? entryOf(one) : one))
    }, [])
  return {
    save: (entries) => {
      // A text cannot hold files.
      const text = JSON.stringify(entries.map((entry) => ({ ...entry, rest: undefined })))
      attempt(() => {
        localStorage.removeItem(own)
        if (entries.length > 0 && text.length < MAX_CHARS) localStorage.setItem(own, text)
      }, undefined)
    },
    takeOut: (items) => {
      for (const { id } of items) attempt(() => localStorage.removeItem(`${name}-${id}`), undefined)
      return items
    },
    read: () => {
      const keys = attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(`${name}-`)), [])
      return { entries: keys.flatMap(parse), clear: () => keys.forEach((key) => localStorage.removeItem(key)) }
    },
  }
}
