import type { BuildOptions, BuildResult, ScopeStore } from '@foghorn/symbolicate'
import type { ArtifactRecords, BlobStore, IndexState, MapContent } from '../ports/artifact-store.ts'
import { indexKey } from './blob-keys.ts'
import { createScopeCache } from './scope-cache.ts'
import { readStoredFile } from './stored-files.ts'
import { createTurns } from '../turns.ts'

// Each map under way is in memory whole.
const INDEXED_AT_ONCE = 2
// A machine that was short of memory may be so for a while.
const RETRY_AFTER_MS = 60_000

export interface IndexDeps {
  blobs: BlobStore
  records: ArtifactRecords
  build: (map: Uint8Array, options: BuildOptions) => Promise<BuildResult>
  now: () => number
}

/** Makes the index of a map unless it is there. Gives the reason when the map cannot be read; what interrupts a build is not remembered against the map. */
export type IndexMap = (map: MapContent, options?: { isDamaged: boolean }) => Promise<IndexState>

const invalid = (reason: string): IndexState => ({ status: 'invalid', reason })

interface Building extends IndexDeps {
  scopes: ScopeStore
  /** When builds were ended from outside, by the hash of their index. */
  interruptions: Map<string, number>
}

const buildAndStore = async (
  { blobs, records, build, now, scopes, interruptions }: Building,
  map: MapContent,
): Promise<IndexState> => {
  const content = await readStoredFile(blobs, map.hash)
  if (!content) return invalid('The stored map is gone; upload it again.')
  const script = map.scriptHash === null ? undefined : await readStoredFile(blobs, map.scriptHash)
  const built = await build(content, { scopes, ...(script ? { script } : {}) })
  const key = indexKey(map)
  if (!built.ok && built.interrupted) {
    interruptions.set(key.hash, now())
    return invalid(built.reason)
  }
  interruptions.delete(key.hash)
  if (built.ok) {
    // What is there cannot be read, or this would not be asked for; put keeps what is there.
    await blobs.delete(key)
    await blobs.put(key, built.index)
  }
  const state: IndexState = built.ok ? { status: 'ready' } : invalid(built.reason)
  await records.setIndexState(key.hash, state, map)
  return state
}

/** Indexing on demand: each map at most once at a time, a few maps together. */
export const createIndexMap = (deps: IndexDeps): IndexMap => {
  const underWay = new Map<string, Promise<IndexState>>()
  const inTurn = createTurns(INDEXED_AT_ONCE)
  const building: Building = { ...deps, scopes: createScopeCache(), interruptions: new Map() }
  const hasToWait = (hash: string): boolean => {
    const last = building.interruptions.get(hash)
    return last !== undefined && deps.now() - last < RETRY_AFTER_MS
  }
  const findReady = async (map: MapContent): Promise<IndexState | undefined> => {
    const key = indexKey(map)
    const known = await deps.records.indexState(key.hash)
    return known?.status === 'invalid' || (known && (await deps.blobs.has(key))) ? known : undefined
  }
  return async (map, { isDamaged } = { isDamaged: false }) => {
    const ready = isDamaged ? undefined : await findReady(map)
    if (ready) return ready
    const { hash } = indexKey(map)
    const begun = underWay.get(hash)
    if (begun) return begun
    if (hasToWait(hash)) return invalid('The build of the index was ended from outside; it is tried again shortly.')
    const state = inTurn(() => buildAndStore(building, map)).finally(() => underWay.delete(hash))
    underWay.set(hash, state)
    return state
  }
}
