import { existsSync } from 'node:fs'
import { access, mkdir, mkdtemp, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { create } from 'tar'
import { INBOX, MAIN, mainFile, STAGING } from '../data-folder.ts'
import { BackupError } from './backup-error.ts'
import { describeFolder, MANIFEST, type Manifest } from './manifest.ts'
import { snapshot } from './snapshot.ts'
import { verify } from './verify.ts'

export interface BackupSummary {
  /** Absolute path of the backup. */
  file: string
  /** Bytes of the backup. */
  size: number
  events: number
  issues: number
  /** Accepted requests that were not digested yet. */
  waiting: number
  /** Files beside the databases. */
  files: number
  /** ISO 8601. */
  madeAt: string
}

export const summarise = async (file: string, { rows, files, madeAt }: Manifest): Promise<BackupSummary> => ({
  file,
  size: (await stat(file)).size,
  events: rows[MAIN]?.['event'] ?? 0,
  issues: rows[MAIN]?.['issue'] ?? 0,
  waiting: rows[INBOX]?.['inbox'] ?? 0,
  files: files.filter(({ path }) => path.includes('/')).length,
  madeAt,
})

const syncToDisk = async (path: string): Promise<void> => {
  const handle = await open(path)
  await handle.sync().finally(() => handle.close())
}

/** The bytes are packed already, or are text; more effort would gain little. */
const GZIP_LEVEL = 2

const pack = async (folder: string, manifest: Manifest, file: string): Promise<void> => {
  await writeFile(join(folder, MANIFEST), JSON.stringify(manifest))
  const paths = [MANIFEST, ...manifest.files.map(({ path }) => path)]
  await create({ file, cwd: folder, gzip: { level: GZIP_LEVEL }, portable: true, mode: 0o600 }, paths)
  await syncToDisk(file)
}

const checkPlaces = async (data: string, file: string): Promise<void> => {
  if (!existsSync(mainFile(data)))
    throw new BackupError(`There is no store in ${data}. Name its folder with --data or FOGHORN_DATA.`)
  if (existsSync(file)) throw new BackupError(`${file} exists already. Choose another name, or move it away.`)
  const isThere = await access(dirname(file)).then(
    () => true,
    () => false,
  )
  if (!isThere) throw new BackupError(`There is no folder ${dirname(file)}. Make it first.`)
}

/**
 * Writes the whole data folder to one compressed file, while the service runs. Every event that was acknowledged before
 * the call is in it. The file appears under its name only after it was read back and found right.
 */
export const backUp = async (data: string, name: string): Promise<BackupSummary> => {
  const file = resolve(name)
  await checkPlaces(data, file)
  const staging = await mkdtemp(join(data, STAGING))
  const partial = `${file}.partial`
  try {
    await snapshot(data, staging)
    await pack(staging, await describeFolder(staging, new Date()), partial)
    const manifest = await verify(partial)
    await rename(partial, file)
    await syncToDisk(dirname(file))
    return await summarise(file, manifest)
  } finally {
    await rm(staging, { recursive: true, force: true })
    await rm(partial, { force: true })
  }
}

/** Makes a folder that is only for its owner. */
export const makeFolder = async (folder: string): Promise<void> =>
  void (await mkdir(folder, { recursive: true, mode: 0o700 }))
