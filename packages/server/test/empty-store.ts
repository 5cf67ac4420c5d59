// Makes one empty store before the tests run: bringing the schema about takes longer than most of them. Each gets a copy.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { openSqlite } from '../src/adapters/sqlite/open-sqlite.ts'
import { mainFile } from '../src/data-folder.ts'
import { openStores } from '../src/stores.ts'

declare module 'vitest' {
  interface ProvidedContext {
    emptyStore: string
  }
}

export default async ({ provide }: TestProject): Promise<() => void> => {
  const folder = mkdtempSync(join(tmpdir(), 'foghorn-empty-'))
  const stores = await openStores(folder)
  await stores.close()
  const db = openSqlite(mainFile(folder))
  db.prepare('pragma wal_checkpoint(truncate)').all([])
  db.close()
  provide('emptyStore', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}

/** Puts an empty store with the newest schema into a folder. */
export const copyEmptyStore = (folder: string): void => cpSync(inject('emptyStore'), folder, { recursive: true })
