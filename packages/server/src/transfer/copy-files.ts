// Uploaded files, from where they lie to where they are to lie.
import { KEPT_AREAS } from '../artifacts/blob-keys.ts'
import type { BlobStore } from '../ports/artifact-store.ts'

/** Copies what the other does not have; gives how many files that were. */
export const copyFiles = async (from: BlobStore, to: BlobStore): Promise<number> => {
  let copied = 0
  for (const area of KEPT_AREAS)
    for (const hash of await from.listOlder(area, Infinity)) {
      const key = { area, hash }
      const content = (await to.has(key)) ? undefined : await from.get(key)
      if (content === undefined) continue
      await to.put(key, content)
      copied += 1
    }
  return copied
}
