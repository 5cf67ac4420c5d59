import type { ArtifactBundles } from '../ports/artifact-bundles.ts'
import type { BlobStore } from '../ports/artifact-store.ts'
import { indexKey } from './blob-keys.ts'

export interface UpkeepDeps {
  bundles: Pick<ArtifactBundles, 'expired' | 'remove' | 'contents'>
  blobs: BlobStore
  now: () => number
  /** Days that uploads are kept after they were last used. */
  days: number
}

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
// So that other work comes between.
const BUNDLES_PER_STEP = 10

const expire = async ({ bundles, now, days }: UpkeepDeps): Promise<boolean> => {
  const old = await bundles.expired({ before: now() - days * DAY_MS, limit: BUNDLES_PER_STEP })
  for (const { projectId, id } of old) await bundles.remove(projectId, [id])
  return old.length > 0
}

/** Deletes contents that no project has. What is younger than an hour may belong to an upload that is under way. */
const sweep = async ({ bundles, blobs, now }: UpkeepDeps): Promise<void> => {
  const contents = await bundles.contents()
  const live = new Set(contents.flatMap((content) => [content.hash, content.scriptHash, indexKey(content).hash]))
  for (const area of ['file', 'index'])
    for (const hash of await blobs.listOlder(area, now() - HOUR_MS))
      if (!live.has(hash)) await blobs.delete({ area, hash })
}

/**
 * A step of the work that keeps storage small: uploads that are too old are removed, a few at a time, then contents that
 * are left over, hourly. Says whether there was something to do.
 */
export const createUpkeep = (deps: UpkeepDeps): (() => Promise<boolean>) => {
  let nextAt = 0
  return async () => {
    if (deps.now() < nextAt) return false
    if (await expire(deps)) return true
    nextAt = deps.now() + HOUR_MS
    await sweep(deps)
    return true
  }
}
