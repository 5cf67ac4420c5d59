import type { Candidate, MapIndex, RawFrame, UnresolvedReason } from '@foghorn/symbolicate'
import type { FindMap, MapAnswer, MapQuery } from '../ports/find-map.ts'
import type { ArtifactRecords, MapRecord } from '../ports/artifact-store.ts'
import { indexKey } from './blob-keys.ts'
import { candidatesOf, uploadOf } from './candidates.ts'
import { debugIdOf } from './event-scripts.ts'
import type { IndexMap } from './index-map.ts'
import type { OpenIndexes } from './open-indexes.ts'
import { rankMaps } from './rank-maps.ts'
import { fileName, urlPath } from './url-path.ts'

export interface MapFinderDeps {
  records: ArtifactRecords
  indexMap: IndexMap
  indexes: OpenIndexes
}

// Positions that a map of the same build would have.
const MISSES: ReadonlySet<string> = new Set([
  'line-not-mapped',
  'column-before-first',
  'position-outside',
] satisfies UnresolvedReason[])

const TRIED_AT_MOST = 5

const isHit = (index: MapIndex, { lineno, colno }: RawFrame): boolean => {
  if (lineno === undefined || colno === undefined) return true
  const found = index.lookup({ line: lineno, column: colno })
  return found.status === 'resolved' || !MISSES.has(found.reason)
}

interface MapFault {
  reason: 'map-invalid' | 'index-damaged'
  detail: string
}

const noArtifact = (detail: string, candidates: readonly Candidate[] = []): MapAnswer => ({
  reason: 'no-artifact',
  detail,
  ...(candidates.length > 0 && { candidates }),
})

const noneFits = (
  candidates: readonly Candidate[],
  { name, release = '(none)' }: { name: string; release?: string },
): MapAnswer => {
  const [nearest] = candidates
  const upload = nearest && `The nearest upload is ${nearest.script} of release ${nearest.release ?? '(none)'}`
  const detail =
    nearest?.differsIn === 'build'
      ? `${upload}: ${name} is another build of it.`
      : upload
        ? `${upload}; the event has release ${release}.`
        : `No map of a script named ${name} was uploaded.`
  return noArtifact(`The script has no debug ID. ${detail}`, candidates)
}

const nearestOf = (answer: MapAnswer): { candidates?: readonly Candidate[] } =>
  'reason' in answer && answer.candidates ? { candidates: answer.candidates } : {}

export const createMapFinder = ({ records, indexMap, indexes }: MapFinderDeps): FindMap => {
  const open = async (map: MapRecord): Promise<MapIndex | MapFault> => {
    const state = await indexMap(map)
    if (state.status === 'invalid') return { reason: 'map-invalid', detail: `${map.url}: ${state.reason}` }
    const index = await indexes.open(indexKey(map))
    if (index) return index
    await indexMap(map, { isDamaged: true })
    const rebuilt = await indexes.open(indexKey(map))
    return rebuilt ?? { reason: 'index-damaged', detail: `The index of ${map.url} cannot be read.` }
  }

  const byDebugId = async ({ projectId }: MapQuery, debugId: string): Promise<MapAnswer> => {
    const [map] = await records.mapsByDebugId(projectId, debugId)
    if (!map) {
      const scriptIsThere = await records.hasScript(projectId, debugId)
      return noArtifact(
        scriptIsThere
          ? `The script with debug ID ${debugId} was uploaded without its source map.`
          : `Nothing with debug ID ${debugId} was uploaded to this project.`,
      )
    }
    const index = await open(map)
    return 'reason' in index ? index : { index, by: 'debug-id', mapId: map.id, upload: uploadOf(map) }
  }

  const byPlace = async (query: MapQuery, frame: RawFrame, debugId?: string): Promise<MapAnswer> => {
    const url = frame.filename ?? ''
    const name = fileName(urlPath(url))
    const named = name === '' ? [] : await records.mapsByFileName(query.projectId, { fileName: name, ...query })
    // Two debug IDs that differ mean two contents, whatever the names.
    const maps = named.filter((map) => debugId === undefined || map.debugId === null || map.debugId === debugId)
    const ranked = rankMaps(maps, { url, ...query })
    let first: MapAnswer | undefined
    for (const { map, by } of ranked.slice(0, TRIED_AT_MOST)) {
      const index = await open(map)
      const answer: MapAnswer = 'reason' in index ? index : { index, by, mapId: map.id, upload: uploadOf(map) }
      if ('index' in answer && isHit(answer.index, frame)) return answer
      first ??= answer
    }
    if (first) return first
    const near = named.length > 0 || name === '' ? named : await records.mapsOfOtherBuilds(query.projectId, name)
    return noneFits(candidatesOf(near, { url, debugId, ...query }), { name, ...query })
  }

  return async (query, frame) => {
    const url = frame.filename ?? ''
    const debugId = debugIdOf(query.images, url)
    if (debugId === undefined) return byPlace(query, frame)
    const answer = await byDebugId(query, debugId)
    if ('index' in answer || answer.reason !== 'no-artifact') return answer
    const otherwise = await byPlace(query, frame, debugId)
    return 'index' in otherwise ? otherwise : { ...answer, ...nearestOf(otherwise) }
  }
}
