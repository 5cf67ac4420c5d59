import { existsSync } from 'node:fs'
import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { countRows } from '../adapters/sqlite/inspect-sqlite.ts'
import { inboxFile } from '../data-folder.ts'
import type { MetricsDeps } from './metrics.ts'

/** Measures the folder of the embedded store. */
export const folderUsage = (data: string): Required<Pick<MetricsDeps, 'inboxDepth' | 'fileSizes' | 'freeBytes'>> => ({
  inboxDepth: async () => {
    const { inbox = 0, dead_letter: setAside = 0 } = existsSync(inboxFile(data)) ? countRows(inboxFile(data)) : {}
    return { waiting: inbox, setAside }
  },
  fileSizes: async () => {
    const sizes: Record<string, number> = {}
    for (const name of (await readdir(data)).filter((one) => one.includes('.db')))
      sizes[name] = (await stat(join(data, name)).catch(() => undefined))?.size ?? 0
    return sizes
  },
  freeBytes: async () => {
    const { bavail, bsize } = await statfs(data)
    return bavail * bsize
  },
})
