import { copyFile, link, mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openInbox } from '../adapters/sqlite/inbox.ts'
import { copySqlite } from '../adapters/sqlite/inspect-sqlite.ts'
import { BACKUPS, CACHE, INBOX, KEY, MAIN, STAGING } from '../data-folder.ts'

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code

/** Files are never changed once they are in place, so a second name for the same bytes is a copy. */
const copyCheaply = async (from: string, to: string): Promise<void> => {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  try {
    await link(from, to)
  } catch (error) {
    // Deleted since it was listed, or copied by the first pass.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EEXIST') return
    await copyFile(from, to)
  }
}

const isFinished = (name: string): boolean => !name.endsWith('.tmp')

const isOfStore = (folder: string): boolean => folder !== BACKUPS && folder !== CACHE && !folder.startsWith(STAGING)

const copyFolders = async (data: string, target: string): Promise<void> => {
  const entries = await readdir(data, { withFileTypes: true })
  for (const { name } of entries.filter((entry) => entry.isDirectory() && isOfStore(entry.name))) {
    const below = await readdir(join(data, name), { recursive: true, withFileTypes: true })
    for (const entry of below.filter((one) => one.isFile() && isFinished(one.name))) {
      const path = join(entry.parentPath, entry.name)
      await copyCheaply(path, join(target, path.slice(data.length)))
    }
  }
}

/**
 * Copies a data folder in use. The inbox goes before the main store: what leaves it in between has reached the main
 * store by then, and what is in both is recognised as a duplicate. Files go before and after the records that name them,
 * so that neither a deletion nor an upload in between leaves a record without its file.
 */
export const snapshot = async (data: string, target: string): Promise<void> => {
  await copyFolders(data, target)
  // A store that was never served has no inbox yet.
  openInbox(join(data, INBOX)).close()
  copySqlite(join(data, INBOX), join(target, INBOX))
  copySqlite(join(data, MAIN), join(target, MAIN))
  // After the store: there is a key before anything is sealed with it.
  await copyCheaply(join(data, KEY), join(target, KEY))
  await copyFolders(data, target)
}
