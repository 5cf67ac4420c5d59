import type { Page } from '@playwright/test'

/** How many records in this origin's IndexedDB hold the text, whatever the SDK calls its stores. */
export const buffered = (page: Page, text: string): Promise<number> =>
  page.evaluate(async (text) => {
    const done = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error))
      })
    const records: unknown[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name))
      for (const store of database.objectStoreNames) {
        records.push(...(await done(database.transaction(store).objectStore(store).getAll())))
      }
      database.close()
    }
    return records.filter((record) => JSON.stringify(record).includes(text)).length
  }, text)
