import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobKey, BlobReader } from '../../ports/artifact-store.ts'
import { fsBlobStore } from './blob-store.ts'

export interface BlobCacheSettings {
  folder: string
  maxBytes: number
}

/** Blobs on this machine's disk, as many as the bound allows: those that were opened last. */
export interface BlobCache {
  /** Opens what is here, else what `fetch` gives, which is then here too. */
  open(key: BlobKey, fetch: () => Promise<Uint8Array | undefined>): Promise<BlobReader | undefined>
  forget(key: BlobKey): Promise<void>
}

interface CachedFile {
  path: string
  size: number
  usedAt: number
}

const filesBelow = async (folder: string): Promise<CachedFile[]> => {
  const files: CachedFile[] = []
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name)
    // Another thread may have made room since.
    const stats = await stat(path).catch(() => undefined)
    if (stats?.isFile()) files.push({ path, size: stats.size, usedAt: stats.mtimeMs })
  }
  return files
}

/** Looks at the disk itself: other threads keep blobs in the same folder. Files that are open stay readable. */
const makeRoom = async ({ folder, maxBytes }: BlobCacheSettings): Promise<void> => {
  const files = await filesBelow(folder)
  let bytes = files.reduce((sum, { size }) => sum + size, 0)
  for (const { path, size } of files.toSorted((one, other) => one.usedAt - other.usedAt)) {
    if (bytes <= maxBytes) return
    await rm(path, { force: true })
    bytes -= size
  }
}

export const createBlobCache = (settings: BlobCacheSettings): BlobCache => {
  const files = fsBlobStore(settings.folder)
  const underWay = new Map<string, Promise<boolean>>()

  const bring = async (key: BlobKey, fetch: () => Promise<Uint8Array | undefined>): Promise<boolean> => {
    const content = await fetch()
    if (content) await files.put(key, content)
    return content !== undefined
  }
  const bringOnce = (key: BlobKey, fetch: () => Promise<Uint8Array | undefined>): Promise<boolean> => {
    const name = `${key.area}/${key.hash}`
    const begun = underWay.get(name) ?? bring(key, fetch).finally(() => underWay.delete(name))
    underWay.set(name, begun)
    return begun
  }
  return {
    forget: (key) => files.delete(key),
    open: async (key, fetch) => {
      if (await files.touch(key)) {
        const known = await files.openReader(key)
        if (known) return known
      }
      if (!(await bringOnce(key, fetch))) return undefined
      const reader = await files.openReader(key)
      await makeRoom(settings)
      return reader
    },
  }
}
