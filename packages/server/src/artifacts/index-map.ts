import type { BuildOptions, BuildResult, ScopeStore } from '@foghorn/symbolicate'
import type { ArtifactRecords, BlobStore, IndexState, MapRecord } from '../ports/artifact-store.ts'
import { indexKey } from './blob-keys.ts'
import { createScopeCache } from './scope-cache.ts'
import { readStoredFile } from './stored-files.ts'
import { createTurns } from './turns.ts'

// Each map under way is in memory whole.
const INDEXED_AT_ONCE = 2

export type MapContent = Pick<MapRecord, 'hash' | 'scriptHash'>

export interface IndexDeps {
  blobs: BlobStore
  records: ArtifactRecords
  build: (map: Uint8Array, options: BuildOptions) => Promise<BuildResult>
}

/** Makes the index of a map unless it is there. Gives the reason when the map cannot be read. */
export type IndexMap = (map: MapContent, options?: { isDamaged: boolean }) => Promise<IndexState>

const invalid = (reason: string): IndexState => ({ status: 'invalid', reason })

const buildAndStore = async (
  { blobs, records, build, scopes }: IndexDeps & { scopes: ScopeStore },
  map: MapContent,
): Promise<IndexState> => {
  const content = await readStoredFile(blobs, map.hash)
  if (!content) return invalid('The stored map is gone; upload it again.')
  const script = map.scriptHash === null ? undefined : await readStoredFile(blobs, map.scriptHash)
  const built = await build(content, { scopes, ...(script ? { script } : {}) })
  const key = indexKey(map)
  if (built.ok) {
    // What is there cannot be read, or this would not be asked for; put keeps what is there.
    await blobs.delete(key)
    await blobs.put(key, built.index)
  }
  const state: IndexState = built.ok ? { status: 'ready' } : invalid(built.reason)
  await records.setIndexState(key.hash, state)
  return state
}

/** Indexing on demand: each map at most once at a time, a few maps together. */
export const createIndexMap = (deps: IndexDeps): IndexMap => {
  const underWay = new Map<string, Promise<IndexState>>()
  const inTurn = createTurns(INDEXED_AT_ONCE)
  const scopes = createScopeCache()
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
    const building = inTurn(() => buildAndStore({ ...deps, scopes }, map)).finally(() => underWay.delete(hash))
    underWay.set(hash, building)
    return building
  }
}
