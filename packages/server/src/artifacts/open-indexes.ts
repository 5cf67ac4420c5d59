import { openIndex, type MapIndex } from '@foghorn/symbolicate'
import type { BlobKey, BlobReader, BlobStore } from '../ports/artifact-store.ts'

const KEPT_OPEN = 128
// Longer than any event takes that was handed an index before it left the cache.
const CLOSE_AFTER_MS = 60_000

export interface OpenIndexes {
  /** Undefined when the index is not there, damaged or of another version. */
  open(key: BlobKey): Promise<MapIndex | undefined>
}

/** Keeps the indexes used last open: a lookup then reads only the few blocks that it needs. */
export const createOpenIndexes = (blobs: BlobStore): OpenIndexes => {
  const opened = new Map<string, { index: MapIndex; reader: BlobReader }>()

  const touch = (hash: string, entry: { index: MapIndex; reader: BlobReader }): MapIndex => {
    opened.delete(hash)
    opened.set(hash, entry)
    return entry.index
  }
  const drop = (hash: string, { reader }: { reader: BlobReader }): void => {
    opened.delete(hash)
    setTimeout(() => reader.close(), CLOSE_AFTER_MS).unref()
  }

  return {
    open: async (key) => {
      const known = opened.get(key.hash)
      if (known?.index.damaged) {
        drop(key.hash, known)
        return undefined
      }
      if (known) return touch(key.hash, known)
      const reader = await blobs.openReader(key)
      if (!reader) return undefined
      const index = openIndex(reader)
      if (!index) {
        reader.close()
        return undefined
      }
      if (opened.size >= KEPT_OPEN) drop(...opened.entries().next().value!)
      return touch(key.hash, { index, reader })
    },
  }
}
