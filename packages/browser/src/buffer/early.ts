import type { Item } from '../send/envelope.ts'

/** Keeps an item where writing is immediate, in the form that the stash of the next page reads. */
export const keepEarly = (name: string, item: Item): void => {
  try {
    if (item.id) localStorage.setItem(`${name}-${item.id}`, JSON.stringify([item]))
  } catch {
    // Refused or full: then memory has to do.
  }
}
