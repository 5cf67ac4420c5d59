import { sharedSuffix } from '@foghorn/symbolicate'
import type { MapRecord } from '../ports/artifact-store.ts'
import { fileName, urlPath } from './url-path.ts'

/** By what a map was found when the script carries no debug ID. */
export type FoundBy = 'url' | 'file-name' | 'path-suffix'

export interface RankedMap {
  map: MapRecord
  by: FoundBy
  score: number
}

export interface ScriptPlace {
  /** Address of the script as the browser gave it. */
  url: string
  release?: string
  dist?: string
}

// A build's hash in a file name, as bundlers write it: eight or more characters with a digit or both cases among them.
const BUILD_HASH = /[.\-_]((?=[\w-]*\d)[\w-]{8,}|(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{8,}|[\da-f]{6,})\.(?:m|c)?js$/

const SUFFIX_SEGMENTS = 2

const rank = (map: MapRecord, place: ScriptPlace, isOnly: boolean): RankedMap | undefined => {
  const path = urlPath(place.url)
  const scriptPath = urlPath(map.scriptUrl)
  const isExact = path === scriptPath
  const common = sharedSuffix(path, scriptPath)
  const isHashed = BUILD_HASH.test(fileName(path)) && isOnly
  const isOfRelease = map.release !== null && map.release === place.release
  const isNear = isExact || common >= SUFFIX_SEGMENTS || isOnly
  // A map of another release is of other code, unless the file name itself says that it is the same.
  const fits = isHashed || (isNear && (isOfRelease || map.release === null || place.release === undefined))
  if (!fits) return undefined
  const isOfDist = map.dist === (place.dist ?? null)
  const score =
    (isOfRelease ? 100 : 0) + (isExact ? 50 : 0) + (isHashed ? 40 : 0) + 5 * Math.min(common, 6) + (isOfDist ? 3 : 0)
  return { map, by: isExact ? 'url' : isHashed ? 'file-name' : 'path-suffix', score }
}

/**
 * Orders the maps of scripts with the same file name, best first: release, path and build hash add to a score, dist breaks
 * ties, the newest wins among equals. Nothing filters but a release that contradicts.
 */
export const rankMaps = (maps: readonly MapRecord[], place: ScriptPlace): RankedMap[] => {
  const isOnly = new Set(maps.map((map) => map.hash)).size === 1
  return maps
    .map((map) => rank(map, place, isOnly))
    .filter((ranked) => ranked !== undefined)
    .sort((a, b) => b.score - a.score)
}
