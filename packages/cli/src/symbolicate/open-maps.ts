import { readFileSync } from 'node:fs'
import {
  bestMatches,
  bufferReader,
  buildIndex,
  openIndex,
  type MapIndex,
  type ParsedException,
  type RawFrame,
} from '@foghorn/symbolicate'
import type { FoundMap } from './find-maps.ts'

type OpenedMap = { index: MapIndex } | { problem: string }

/** Which maps may belong to a script by its URL, and what opening them gave. */
export interface OpenedMaps {
  candidates: ReadonlyMap<string, FoundMap[]>
  opened: ReadonlyMap<FoundMap, OpenedMap>
}

/** Opens the maps that the frames of some stacks may need. */
export const openMaps = async (
  exceptions: readonly ParsedException[],
  maps: readonly FoundMap[],
): Promise<OpenedMaps> => {
  const urls = new Set(exceptions.flatMap(({ frames }) => frames.map((frame) => frame.filename ?? '')))
  const candidates = new Map([...urls].map((url) => [url, bestMatches(url, maps)]))
  // Whoever names one map means it, whatever the script was called when it was served.
  if (maps.length === 1 && [...candidates.values()].every((found) => found.length === 0)) {
    for (const url of urls) candidates.set(url, [...maps])
  }
  const opened = new Map<FoundMap, OpenedMap>()
  for (const map of new Set([...candidates.values()].flat())) opened.set(map, await openMap(map))
  return { candidates, opened }
}

const openMap = async (map: FoundMap): Promise<OpenedMap> => {
  const script = map.script === undefined ? undefined : readFileSync(map.script)
  const built = await buildIndex(map.read(), { script })
  const index = built.ok ? openIndex(bufferReader(built.index)) : undefined
  return index ? { index } : { problem: `${map.name}: ${built.ok ? 'the index cannot be opened' : built.reason}` }
}

type Choice = MapIndex | { reason: 'no-artifact' | 'ambiguous' | 'map-invalid'; detail?: string }

/** The index of the script that a frame names, or why there is none. */
export const chooseIndex = (frame: RawFrame, { candidates, opened }: OpenedMaps): Choice => {
  const found = candidates.get(frame.filename ?? '') ?? []
  if (found.length === 0) return { reason: 'no-artifact' }
  const problems: string[] = []
  const fitting: MapIndex[] = []
  for (const map of found) {
    const entry = opened.get(map)!
    if ('problem' in entry) problems.push(entry.problem)
    // A map of another build seldom has something at the very place.
    else if (
      found.length === 1 ||
      entry.index.lookup({ line: frame.lineno ?? 0, column: frame.colno }).status === 'resolved'
    )
      fitting.push(entry.index)
  }
  if (fitting.length === 1) return fitting[0]!
  if (fitting.length === 0 && problems.length > 0) return { reason: 'map-invalid', detail: problems.join('; ') }
  return fitting.length === 0
    ? { reason: 'no-artifact' }
    : { reason: 'ambiguous', detail: found.map((map) => map.name).join(', ') }
}
