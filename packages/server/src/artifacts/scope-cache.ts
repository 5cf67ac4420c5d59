import type { ScopeStore } from '@foghorn/symbolicate'

const BYTES = 64 * 1024 * 1024

/** Keeps tables of functions: chunks of one build, and one release and the next, share most of their sources. */
export const createScopeCache = (limit = BYTES): ScopeStore => {
  const tables = new Map<string, Uint8Array>()
  let size = 0
  return {
    get: (key) => {
      const table = tables.get(key)
      if (!table) return undefined
      tables.delete(key)
      tables.set(key, table)
      return table
    },
    put: (key, table) => {
      if (tables.has(key)) return
      tables.set(key, table)
      size += table.length
      for (const [oldest, { length }] of tables) {
        if (size <= limit) break
        tables.delete(oldest)
        size -= length
      }
    },
  }
}
