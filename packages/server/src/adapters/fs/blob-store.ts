import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { access, mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { BlobKey, BlobReader, BlobStore } from '../../ports/artifact-store.ts'
import { areaPath, blobPath, isHash } from '../blob-path.ts'

const TEMPORARY = '.tmp'

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

const missingIsUndefined = (error: unknown): undefined => {
  if (isMissing(error)) return undefined
  throw error
}

/** Makes a rename survive the loss of power: the folder's own list of names has to reach the disk as well. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const writeAtomically = async (path: string, content: Uint8Array): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomBytes(6).toString('hex')}${TEMPORARY}`
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

const openFile = (path: string): BlobReader => {
  const descriptor = openSync(path, 'r')
  const { size } = fstatSync(descriptor)
  return {
    size,
    readInto: (into, offset, length) => {
      const present = Math.max(0, Math.min(length, size - offset))
      return present === 0 ? 0 : readSync(descriptor, into, 0, present, offset)
    },
    close: () => closeSync(descriptor),
  }
}

/** Paths of an area's files that were put before a time, left-over temporary ones included. */
const olderFiles = async (folder: string, before: number): Promise<string[]> => {
  const older: string[] = []
  for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
    const path = join(folder, name)
    const stats = await stat(path).catch(missingIsUndefined)
    if (stats?.isFile() && stats.mtimeMs < before) older.push(path)
  }
  return older
}

const deleteOlder = async (folder: string, before: number): Promise<void> => {
  for (const path of await olderFiles(folder, before)) await rm(path, { force: true })
}

/** Blobs as files below a folder. */
export const fsBlobStore = (folder: string): BlobStore => {
  const areaFolder = (area: string): string => join(folder, areaPath(area))
  const pathOf = (key: BlobKey): string => join(folder, blobPath(key))
  const has = async (key: BlobKey): Promise<boolean> => {
    const found = await access(pathOf(key)).then(() => true, missingIsUndefined)
    return found ?? false
  }
  const touch = async (key: BlobKey): Promise<boolean> => {
    const now = new Date()
    const touched = await utimes(pathOf(key), now, now).then(() => true, missingIsUndefined)
    return touched ?? false
  }
  return {
    isAnswering: async () => true,
    has,
    touch,
    put: async (key, content) => {
      if (!(await touch(key))) await writeAtomically(pathOf(key), content)
    },
    get: (key) => readFile(pathOf(key)).catch(missingIsUndefined),
    openReader: async (key) => {
      try {
        return openFile(pathOf(key))
      } catch (error) {
        return missingIsUndefined(error)
      }
    },
    delete: (key) => rm(pathOf(key), { force: true }),
    listOlder: async (area, before) =>
      (await olderFiles(areaFolder(area), before)).map((path) => basename(path)).filter(isHash),
    deleteOlder: (area, before) => deleteOlder(areaFolder(area), before),
  }
}
