import { sharedSuffix, type Candidate } from '@foghorn/symbolicate'
import type { MapQuery } from '../ports/find-map.ts'
import type { MapRecord } from '../ports/artifact-store.ts'
import { fileName, urlPath } from './url-path.ts'

const SHOWN = 3

type Difference = Pick<Candidate, 'differsIn' | 'wanted' | 'has'>

/** Read from the end, as paths are compared: the first segment that is another one. */
const pathDifference = (wanted: string, has: string): Difference => {
  const shared = sharedSuffix(wanted, has)
  const segmentOf = (path: string): string =>
    path
      .split('/')
      .filter(Boolean)
      .at(-1 - shared) ?? ''
  return { differsIn: 'path', wanted: segmentOf(wanted), has: segmentOf(has) }
}

const nameOf = (url: string): string => fileName(urlPath(url))

const differenceOf = (map: MapRecord, script: ScriptOfFrame): Difference => {
  const [wanted, has] = [nameOf(script.url), nameOf(map.scriptUrl)]
  if (wanted !== has) return { differsIn: 'build', wanted, has }
  const { debugId, release } = script
  if (debugId !== undefined && map.debugId !== null && map.debugId !== debugId)
    return { differsIn: 'debug-id', wanted: debugId, has: map.debugId }
  if (map.release !== null && release !== undefined && map.release !== release)
    return { differsIn: 'release', wanted: release, has: map.release }
  return pathDifference(urlPath(script.url), urlPath(map.scriptUrl))
}

export type ScriptOfFrame = Pick<MapQuery, 'release'> & { url: string; debugId?: string | undefined }

export const uploadOf = ({ scriptUrl, release, dist, debugId }: MapRecord): Omit<Candidate, 'differsIn'> => ({
  script: scriptUrl,
  release,
  dist,
  debugId,
})

/** Of uploads with a frame's file name, or with that of another build, that do not fit it: those whose path comes nearest, and what speaks against each. */
export const candidatesOf = (maps: readonly MapRecord[], script: ScriptOfFrame): Candidate[] => {
  const nearness = (map: MapRecord): number => sharedSuffix(urlPath(script.url), urlPath(map.scriptUrl))
  return maps
    .toSorted((a, b) => nearness(b) - nearness(a) || b.uploadedAt - a.uploadedAt)
    .slice(0, SHOWN)
    .map((map) => ({ ...uploadOf(map), ...differenceOf(map, script) }))
}
