import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ArtifactsError } from './artifacts-error.ts'
import { deliver } from './assemble.ts'
import { writeBundle } from './bundle.ts'
import { readCapabilities } from './capabilities.ts'
import { collectEntries, type ScriptSummary } from './collect-entries.ts'
import { type Found, findScripts } from './find.ts'
import { connectService, type ServiceAddress } from './service.ts'

export interface UploadOptions extends ServiceAddress {
  folder: string
  /** Names of the files to look at, relative to the folder and with slashes. Default: all. */
  files?: readonly string[]
  /** Slug of the organization. */
  org: string
  /** Slugs of the projects. */
  projects: string[]
  release?: string
  dist?: string
  /** Address of the folder as deployed, `~` for scheme and host. Matters only for scripts without debug IDs. Default: `~`. */
  urlPrefix?: string
  /** Reads sources that maps name without their text from disk, below the working directory. Default: false. */
  inlineSources?: boolean
  /** Checks and reports, sends nothing. Default: false. */
  dryRun?: boolean
  /** Removes the map files after the service has them, so that they are not deployed. Default: false. */
  deleteAfterUpload?: boolean
  onProgress?: (progress: UploadProgress) => void
}

export type UploadProgress =
  | { step: 'checked'; scripts: number }
  | { step: 'bundled'; bytes: number }
  | { step: 'sent'; bytes: number }

export interface UploadReport {
  scripts: ScriptSummary[]
  /** Maps that belong to no script of the folder and are not uploaded. */
  spareMaps: string[]
  /** Size of the bundle and what of it the service did not have yet. 0 on a dry run. */
  bundleBytes: number
  sentBytes: number
  deletedMaps: string[]
  /** What the service remarked. */
  detail?: string
}

const send = async (path: string, entries: Parameters<typeof writeBundle>[1], options: UploadOptions) => {
  const { org, projects, release, dist, onProgress } = options
  const info = { org, projects, ...(release === undefined ? {} : { release }), ...(dist === undefined ? {} : { dist }) }
  const service = connectService(options)
  try {
    const capabilities = await readCapabilities(service, org)
    const bundle = await writeBundle(path, entries, { ...info, chunkSize: capabilities.chunkSize })
    onProgress?.({ step: 'bundled', bytes: bundle.size })
    if (bundle.size > capabilities.maxFileSize)
      throw new ArtifactsError(
        `The bundle has ${bundle.size} bytes; the service takes ${capabilities.maxFileSize}. Upload parts of the folder one by one.`,
      )
    const onSent = (bytes: number): void => onProgress?.({ step: 'sent', bytes })
    return { bundleBytes: bundle.size, ...(await deliver(path, bundle, { service, capabilities, info, onSent })) }
  } finally {
    service.close()
  }
}

const deleteMaps = async (found: Found, scripts: ScriptSummary[]): Promise<string[]> => {
  const uploaded = new Set(scripts.filter(({ status }) => status === 'included').map(({ script }) => script))
  const maps = found.scripts.flatMap(({ name, map }) => (map.from === 'file' && uploaded.has(name) ? [map.file] : []))
  for (const { path } of maps) for (const suffix of ['', '.gz', '.br']) await rm(path + suffix, { force: true })
  return maps.map(({ name }) => name)
}

const requireEntries = (folder: string, scripts: ScriptSummary[], count: number): void => {
  if (count > 0) return
  if (scripts.length === 0)
    throw new ArtifactsError(`There are no scripts in ${folder}. Build first, or pass the folder of the build.`)
  const failed = scripts.find(({ status }) => status === 'failed')
  throw new ArtifactsError(
    failed
      ? `Nothing in ${folder} can be uploaded. ${failed.remark}`
      : `No script in ${folder} has a source map. Build with source maps on, or pass another folder.`,
  )
}

/**
 * Uploads the scripts below a folder with their maps, so that the service can show original stacks. Repeating it is safe and
 * sends only what the service lacks. Throws ArtifactsError when nothing can be uploaded or the service refuses.
 */
export const uploadFolder = async (options: UploadOptions): Promise<UploadReport> => {
  const { folder, files, release, urlPrefix = '~', dryRun = false, onProgress } = options
  const found = await findScripts(folder, files)
  const collecting = { urlPrefix, hasRelease: release !== undefined, isInlining: options.inlineSources ?? false }
  const { entries, summaries } = await collectEntries(found.scripts, collecting)
  requireEntries(folder, summaries, entries.length)
  onProgress?.({ step: 'checked', scripts: summaries.length })
  const report = {
    scripts: summaries,
    spareMaps: found.spareMaps.map(({ name }) => name),
    bundleBytes: 0,
    sentBytes: 0,
    deletedMaps: [],
  }
  if (dryRun) return report
  const temporary = await mkdtemp(join(tmpdir(), 'foghorn-upload-'))
  try {
    const sent = await send(join(temporary, 'bundle'), entries, options)
    return { ...report, ...sent, deletedMaps: options.deleteAfterUpload ? await deleteMaps(found, summaries) : [] }
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
