import type { BuildResult } from '@foghorn/symbolicate'
import type { ArtifactRecords, BlobStore, IndexState, MapRecord } from '../ports/artifact-store.ts'
import { indexKey } from './blob-keys.ts'
import { readStoredFile } from './stored-files.ts'
import { createTurns } from './turns.ts'

// Each map under way is in memory whole.
const INDEXED_AT_ONCE = 2

export type MapContent = Pick<MapRecord, 'hash' | 'scriptHash'>

export interface IndexDeps {
  blobs: BlobStore
  records: ArtifactRecords
  build: (map: Uint8Array, options: { script?: Uint8Array }) => Promise<BuildResult>
}

/** Makes the index of a map unless it is there. Gives the reason when the map cannot be read. */
export type IndexMap = (map: MapContent) => Promise<IndexState>

const invalid = (reason: string): IndexState => ({ status: 'invalid', reason })

const buildAndStore = async ({ blobs, records, build }: IndexDeps, map: MapContent): Promise<IndexState> => {
  const content = await readStoredFile(blobs, map.hash)
  if (!content) return invalid('The stored map is gone; upload it again.')
  const script = map.scriptHash === null ? undefined : await readStoredFile(blobs, map.scriptHash)
  const built = await build(content, script ? { script } : {})
  const key = indexKey(map)
  if (built.ok) await blobs.put(key, built.index)
  const state: IndexState = built.ok ? { status: 'ready' } : invalid(built.reason)
  await records.setIndexState(key.hash, state)
  return state
}

/** Indexing on demand: each map at most once at a time, a few maps together. */
export const createIndexMap = (deps: IndexDeps): IndexMap => {
  const underWay = new Map<string, Promise<IndexState>>()
  const inTurn = createTurns(INDEXED_AT_ONCE)
  return async (map) => {
    const key = indexKey(map)
    const known = await deps.records.indexState(key.hash)
    if (known?.status === 'invalid' || (known && (await deps.blobs.has(key)))) return known
    const begun = underWay.get(key.hash)
    if (begun) return begun
    const building = inTurn(() => buildAndStore(deps, map)).finally(() => underWay.delete(key.hash))
    underWay.set(key.hash, building)
    return building
  }
}
