import type { FindMap } from '../ports/find-map.ts'
import type { ArtifactBundles } from '../ports/artifact-bundles.ts'
import { createAssemble, type Assemble } from './assemble.ts'
import { withFetching } from './fetch-maps.ts'
import { createIndexMap, type IndexDeps } from './index-map.ts'
import { createMapFinder } from './match.ts'
import { createOpenIndexes } from './open-indexes.ts'
import { createUseCounter, type UseCounter } from './use-counter.ts'

export interface Artifacts {
  assemble: Assemble
  findMap: FindMap
  mapUse: UseCounter
}

export interface ArtifactsDeps extends IndexDeps {
  bundles: ArtifactBundles
  /** Bytes of files that a project may keep. Default: no bound. */
  quotaBytes?: number
  /** Origins whose public maps are fetched when none was uploaded. Default: none. */
  fetchFrom?: readonly string[]
  now: () => number
}

/** Both sides of uploaded files: taking them in, and finding the map of a frame. */
export const createArtifacts = (deps: ArtifactsDeps): Artifacts => {
  const { blobs, records, bundles, now, quotaBytes = Infinity, fetchFrom = [] } = deps
  const indexMap = createIndexMap(deps)
  const find = createMapFinder({ records, indexMap, indexes: createOpenIndexes(blobs) })
  return {
    assemble: createAssemble({ blobs, records, bundles, indexMap, quotaBytes, now }),
    findMap: fetchFrom.length === 0 ? find : withFetching(find, { records, blobs, origins: fetchFrom, now }),
    mapUse: createUseCounter(bundles, now),
  }
}
