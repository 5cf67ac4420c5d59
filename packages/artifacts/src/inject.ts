import { findScripts, type FoundScript } from './find.ts'
import { findBrokenIntegrity } from './integrity.ts'
import { readPair } from './read-pair.ts'
import { refreshCompressed } from './compressed-siblings.ts'
import { type ScriptAndMap, stamp, withInlineMap } from './stamp.ts'
import { replaceFiles } from './write-file.ts'

export interface InjectOptions {
  folder: string
  /** Names of the files to look at, relative to the folder and with slashes. Default: all. */
  files?: readonly string[]
  /** Reports what would be done and writes nothing. Default: false. */
  dryRun?: boolean
  /** Called after each script. */
  onProgress?: (done: number, total: number) => void
}

/** What became of one script. */
export type InjectOutcome =
  | { script: string; status: 'injected' | 'already-injected'; debugId: string }
  /** A script without a map is left as it is: nothing could be resolved with its ID. */
  | { script: string; status: 'no-map'; reason: string }
  /** The reason is a sentence that names the file at fault. */
  | { script: string; status: 'failed'; reason: string }

export interface InjectReport {
  outcomes: InjectOutcome[]
  /** Sentences for the user. */
  warnings: string[]
}

const write = async (script: FoundScript, { code, map }: ScriptAndMap): Promise<void> => {
  if (script.map.from !== 'file') return replaceFiles([{ path: script.path, content: code }])
  const { path } = script.map.file
  await replaceFiles([
    { path: script.path, content: code },
    { path, content: map },
  ])
  await refreshCompressed(path, map)
}

const injectScript = async (script: FoundScript, dryRun: boolean): Promise<InjectOutcome> => {
  const pair = await readPair(script)
  if (!pair.ok && pair.kind === 'no-map') return { script: script.name, status: 'no-map', reason: pair.reason }
  if (!pair.ok) return { script: script.name, status: 'failed', reason: `${pair.name} ${pair.reason}.` }
  const stamped = stamp(pair)
  if (!stamped.ok) {
    const name = script.map.from === 'file' ? script.map.file.name : `The inline map of ${script.name}`
    return { script: script.name, status: 'failed', reason: `${name} ${stamped.reason}. Build it again.` }
  }
  const isInline = script.map.from === 'inline' && stamped.map !== pair.map
  const code = isInline ? withInlineMap(stamped.code, stamped.map) : stamped.code
  const isChanged = code !== pair.code || stamped.map !== pair.map
  if (isChanged && !dryRun) {
    await write(script, { code, map: stamped.map })
    if (code !== pair.code) await refreshCompressed(script.path, code)
  }
  return { script: script.name, status: isChanged ? 'injected' : 'already-injected', debugId: stamped.debugId }
}

/**
 * Gives each script below a folder, and its map, a debug ID: the key by which the service finds the map of a frame, whatever
 * the script's address. Files that have one are left alone. Throws ArtifactsError when the folder cannot be read.
 */
export const injectFolder = async ({
  folder,
  files,
  dryRun = false,
  onProgress,
}: InjectOptions): Promise<InjectReport> => {
  const { scripts, pages } = await findScripts(folder, files)
  const outcomes: InjectOutcome[] = []
  for (const script of scripts) {
    outcomes.push(await injectScript(script, dryRun))
    onProgress?.(outcomes.length, scripts.length)
  }
  const changed = scripts.filter((_, index) => outcomes[index]!.status === 'injected')
  const broken = await findBrokenIntegrity(pages, changed)
  return {
    outcomes,
    warnings: broken.map(
      ({ page, script }) =>
        `${page} has an integrity checksum of ${script} from before the injection, so browsers will refuse the script. Inject before the checksums are made.`,
    ),
  }
}
