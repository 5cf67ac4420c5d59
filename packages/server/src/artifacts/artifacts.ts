import type { FindMap } from '../ingest/symbolicate.ts'
import { createAssemble, type Assemble } from './assemble.ts'
import { createIndexMap, type IndexDeps } from './index-map.ts'
import { createMapFinder } from './match.ts'
import { createOpenIndexes } from './open-indexes.ts'

export interface Artifacts {
  assemble: Assemble
  findMap: FindMap
}

/** Both sides of uploaded files: taking them in, and finding the map of a frame. */
export const createArtifacts = (deps: IndexDeps & { now: () => number }): Artifacts => {
  const { blobs, records, now } = deps
  const indexMap = createIndexMap(deps)
  return {
    assemble: createAssemble({ blobs, records, indexMap, now }),
    findMap: createMapFinder({ records, indexMap, indexes: createOpenIndexes(blobs) }),
  }
}
