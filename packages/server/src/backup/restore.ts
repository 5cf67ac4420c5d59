import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { extract } from 'tar'
import { unknownMigrations } from '../adapters/sql/migrations/index.ts'
import { countRows, damageOf } from '../adapters/sqlite/inspect-sqlite.ts'
import { INBOX, MAIN } from '../data-folder.ts'
import { BackupError } from './backup-error.ts'
import { makeFolder, summarise, type BackupSummary } from './backup.ts'
import { MANIFEST, type Manifest } from './manifest.ts'
import { verify } from './verify.ts'

const checkEmpty = async (data: string): Promise<void> => {
  const names = await readdir(data).catch(() => [])
  if (names.length > 0)
    throw new BackupError(`${data} is not empty. Restore into a new folder with --data, or move this one away first.`)
}

const checkSchema = ({ schema }: Manifest): void => {
  const unknown = unknownMigrations(schema)
  if (unknown.length > 0)
    throw new BackupError(
      `This backup was made by a newer Foghorn (it knows ${unknown.join(', ')}). Update Foghorn, then restore.`,
    )
}

const checkDatabases = (folder: string, { rows }: Manifest): void => {
  for (const name of [INBOX, MAIN]) {
    const [damage] = damageOf(join(folder, name))
    if (damage !== undefined) throw new BackupError(`${name} of this backup is damaged: ${damage}. Use another backup.`)
    if (!isDeepStrictEqual(countRows(join(folder, name)), rows[name]))
      throw new BackupError(`${name} of this backup does not hold the rows that were saved. Use another backup.`)
  }
}

/** Makes a data folder from a backup: all of it, or nothing. The folder must be empty or absent. */
export const restore = async (file: string, data: string): Promise<BackupSummary> => {
  await checkEmpty(data)
  const manifest = await verify(file)
  checkSchema(manifest)
  const staging = `${data}.restoring`
  await rm(staging, { recursive: true, force: true })
  await makeFolder(staging)
  try {
    await extract({ file, cwd: staging, strict: true, filter: (path) => path !== MANIFEST })
    checkDatabases(staging, manifest)
    await rm(data, { recursive: true, force: true })
    await rename(staging, data)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
  return summarise(file, manifest)
}
