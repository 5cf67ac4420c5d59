import { PUBLIC_KEY } from './ingest.ts'

/** Name of the database, and prefix of what is put aside in localStorage. */
export const BUFFER = `foghorn-${PUBLIC_KEY}`

const COUNT_STORED = `new Promise((resolve, reject) => {
  const opening = indexedDB.open('${BUFFER}')
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = () => {
    const db = opening.result
    const all = db.transaction('entries').objectStore('entries').getAll()
    all.onsuccess = () => { db.close(); resolve(all.result.flatMap((batch) => batch.entries).length) }
  }
})`

/** How many entries wait in the buffer that the page's origin keeps. */
export const stored = (page: { evaluate(expression: string): Promise<unknown> }): Promise<number> =>
  page.evaluate(COUNT_STORED) as Promise<number>
