import { createHash } from 'node:crypto'
import type { FindMap, MapQuery } from '../ports/find-map.ts'
import { fetchPublic, type FetchRule } from '../outbound/fetch-public.ts'
import type { ArtifactFile, ArtifactRecords, BlobStore } from '../ports/artifact-store.ts'
import { storeFile } from './stored-files.ts'

export interface FetchMapsDeps {
  records: Pick<ArtifactRecords, 'addBundle'>
  blobs: BlobStore
  /** Origins whose scripts and maps may be fetched. */
  origins: readonly string[]
  now: () => number
  /** Which IP addresses may be connected to. Default: public ones. */
  reaches?: FetchRule['reaches']
}

const MAX_BYTES = 64 * 1024 * 1024
// Events wait for it.
const TIMEOUT_MS = 5_000
const ASK_AGAIN_AFTER_MS = 60 * 60 * 1000
const REMEMBERED = 10_000

/** The address of a script's map: its header, else its last comment. */
const mapUrlOf = (code: string, header: string | undefined): string | undefined =>
  header ?? [...code.slice(-4096).matchAll(/\/\/[#@] ?sourceMappingURL=([^\s'"]{1,2048})/g)].at(-1)?.[1]

interface Pair {
  script: Buffer
  map: Buffer
  mapUrl: URL
}

const fetchPair = async (url: URL, rule: FetchRule): Promise<Pair | undefined> => {
  const script = await fetchPublic(url, rule)
  if (!script.ok) return undefined
  const header = [script.headers['sourcemap'] ?? script.headers['x-sourcemap']].flat()[0]
  const named = mapUrlOf(script.body.toString('utf8'), header)
  if (named === undefined || named.startsWith('data:') || !URL.canParse(named, script.url.href)) return undefined
  const mapUrl = new URL(named, script.url)
  const map = await fetchPublic(mapUrl, rule)
  return map.ok ? { script: script.body, map: map.body, mapUrl } : undefined
}

const addressOf = ({ origin, pathname }: URL): string => origin + pathname

const filesOf = async (blobs: BlobStore, url: URL, { script, map, mapUrl }: Pair): Promise<ArtifactFile[]> => {
  const scriptUrl = addressOf(url)
  const scriptHash = await storeFile(blobs, script)
  const shared = { debugId: null, scriptUrl }
  return [
    { ...shared, kind: 'script', url: scriptUrl, hash: scriptHash, scriptHash: null, size: script.length },
    { ...shared, kind: 'map', url: addressOf(mapUrl), hash: await storeFile(blobs, map), scriptHash, size: map.length },
  ]
}

const keep = async ({ records, blobs }: FetchMapsDeps, query: MapQuery, url: URL, pair: Pair): Promise<void> => {
  const { projectId, release = null, dist = null } = query
  const { script, map } = pair
  const checksum = createHash('sha1').update(script).update(map).digest('hex')
  const size = script.length + map.length
  const files = await filesOf(blobs, url, pair)
  await records.addBundle({ projectIds: [projectId], checksum, release, dist, size, files })
}

/**
 * Finds maps that nobody uploaded where their scripts are deployed, if the origin is listed, and keeps them like uploads.
 * An address that gave none is asked again after an hour.
 */
export const withFetching = (find: FindMap, deps: FetchMapsDeps): FindMap => {
  const { origins, now, reaches } = deps
  const rule = {
    allows: ({ origin }: URL) => origins.includes(origin),
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT_MS,
    ...(reaches ? { reaches } : {}),
  }
  const asked = new Map<string, number>()
  const mayAsk = (key: string): boolean => {
    if ((asked.get(key) ?? -Infinity) > now() - ASK_AGAIN_AFTER_MS) return false
    if (asked.size >= REMEMBERED) asked.clear()
    asked.set(key, now())
    return true
  }
  return async (query, frame) => {
    const answer = await find(query, frame)
    const url = frame.filename ?? ''
    if ('index' in answer || answer.reason !== 'no-artifact' || !URL.canParse(url)) return answer
    const address = new URL(url)
    if (!rule.allows(address) || !mayAsk(JSON.stringify([query.projectId, query.release, url]))) return answer
    const pair = await fetchPair(address, rule)
    if (!pair) return answer
    await keep(deps, query, address, pair)
    return find({ ...query, images: [] }, frame)
  }
}
