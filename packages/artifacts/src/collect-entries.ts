import { basename } from 'node:path'
import type { BundleEntry } from './bundle.ts'
import { findMisfit } from './find-misfit.ts'
import { type FoundScript } from './find.ts'
import { inlineSources } from './inline-sources.ts'
import { countMissingContents, readMapJson } from './map-json.ts'
import { type PairResult, readPair } from './read-pair.ts'
import { findDebugId } from './stamp.ts'
import { readTrailingComments } from './trailing-comments.ts'

/** What an upload makes of one script. */
export interface ScriptSummary {
  script: string
  /** The map's file name, or `inline`; absent when there is none. */
  map?: string
  debugId?: string
  /** Size of the map, in bytes. */
  mapBytes?: number
  /** `skipped` scripts have no map; `failed` ones have one that cannot be used. */
  status: 'included' | 'skipped' | 'failed'
  /** A sentence: why it is not included, or what will be missing. */
  remark?: string
}

export interface Collected {
  entries: BundleEntry[]
  summaries: ScriptSummary[]
}

const joinUrl = (prefix: string, name: string): string =>
  `${prefix.replace(/\/+$/, '')}/${name.split('/').map(encodeURI).join('/')}`

const fail = (script: string, remark: string): ScriptSummary => ({ script, status: 'failed', remark })

// An inline map is uploaded as a file of its own: the script without it is what the browser's positions are about.
const withoutInlineMap = (code: string): string => {
  const { sourceMappingUrl: comment } = readTrailingComments(code)
  return comment?.value.startsWith('data:') ? code.slice(0, comment.start) + code.slice(comment.end) : code
}

const withSources = async (script: FoundScript, mapText: string): Promise<string> => {
  const read = readMapJson(mapText)
  if (!read.ok || countMissingContents(read.map) === 0) return mapText
  const mapPath = script.map.from === 'file' ? script.map.file.path : script.path
  return JSON.stringify(await inlineSources(read.map, { mapPath, root: process.cwd() }))
}

/** A script and its map as they are uploaded. */
const readForUpload = async (script: FoundScript, isInlining: boolean): Promise<PairResult> => {
  const pair = await readPair(script)
  return pair.ok && isInlining ? { ...pair, map: await withSources(script, pair.map) } : pair
}

const reread = async (script: FoundScript, part: 'code' | 'map', isInlining: boolean): Promise<string> => {
  const pair = await (part === 'map' ? readForUpload(script, isInlining) : readPair(script))
  if (!pair.ok) throw new Error(`${pair.name} changed while it was uploaded: it ${pair.reason}.`)
  return part === 'map' ? pair.map : withoutInlineMap(pair.code)
}

const entriesOf = (script: FoundScript, options: CollectOptions, debugId: string | undefined): BundleEntry[] => {
  const { urlPrefix, isInlining } = options
  const isFile = script.map.from === 'file'
  const mapName = script.map.from === 'file' ? script.map.file.name : `${script.name}.map`
  const id = debugId === undefined ? {} : { debugId }
  // A map in another folder is named by its address: a relative one would point beside the script.
  const sourceMap = isFile && mapName === `${script.name}.map` ? basename(mapName) : joinUrl(urlPrefix, mapName)
  return [
    {
      type: 'minified_source',
      url: joinUrl(urlPrefix, script.name),
      sourceMap,
      ...id,
      read: () => reread(script, 'code', isInlining),
    },
    {
      type: 'source_map',
      url: joinUrl(urlPrefix, mapName),
      ...id,
      read: () => reread(script, 'map', isInlining),
    },
  ]
}

interface CollectOptions {
  urlPrefix: string
  /** Whether scripts without debug IDs can be found by release and address. */
  hasRelease: boolean
  /** Whether sources without text are read from disk. */
  isInlining: boolean
}

const summarise = async (script: FoundScript, options: CollectOptions): Promise<ScriptSummary> => {
  const { hasRelease, isInlining } = options
  const pair = await readForUpload(script, isInlining)
  if (!pair.ok && pair.kind === 'no-map')
    return { script: script.name, status: 'skipped', remark: `${script.name} ${pair.reason}.` }
  if (!pair.ok) return fail(script.name, `${pair.name} ${pair.reason}.`)
  const map = script.map.from === 'file' ? script.map.file.name : 'inline'
  const mapName = map === 'inline' ? `The inline map of ${script.name}` : map
  const read = readMapJson(pair.map)
  if (!read.ok) return fail(script.name, `${mapName} ${read.reason}. Build it again.`)
  const misfit = findMisfit(read.map, { name: script.name, code: pair.code })
  if (misfit !== undefined)
    return fail(script.name, `${mapName} ${misfit}. Build again, and upload what the bundler wrote.`)
  const debugId = findDebugId(pair.code)
  if (debugId === undefined && !hasRelease)
    return fail(
      script.name,
      `${script.name} has no debug ID, so frames could not find its map. Run "foghorn sourcemaps inject" before, or pass --release.`,
    )
  const missing = countMissingContents(read.map)
  return {
    script: script.name,
    map,
    mapBytes: Buffer.byteLength(pair.map),
    status: 'included',
    ...(debugId === undefined ? {} : { debugId }),
    ...(missing === 0
      ? {}
      : {
          remark: `${mapName} lacks the text of ${missing} sources: frames will show no lines of code there. Build with sourcesContent${isInlining ? '' : ', or upload with --inline-sources'}.`,
        }),
  }
}

/** Checks each script with its map and gives the bundle's entries for those that are fine. One pair at a time is in memory. */
export const collectEntries = async (scripts: FoundScript[], options: CollectOptions): Promise<Collected> => {
  const collected: Collected = { entries: [], summaries: [] }
  for (const script of scripts) {
    const summary = await summarise(script, options)
    collected.summaries.push(summary)
    if (summary.status === 'included') collected.entries.push(...entriesOf(script, options, summary.debugId))
  }
  return collected
}
