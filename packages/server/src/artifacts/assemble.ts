import { setTimeout as wait } from 'node:timers/promises'
import type { ArtifactBundles } from '../ports/artifact-bundles.ts'
import type { ArtifactFile, ArtifactRecords, BlobStore, BundleRecord } from '../ports/artifact-store.ts'
import { chunkArea, chunkKey } from './blob-keys.ts'
import { openChunkedFile } from './chunked-file.ts'
import { UPLOAD_LIMITS } from './chunks.ts'
import type { IndexMap } from './index-map.ts'
import { pairFiles } from './pair-files.ts'
import { ArchiveFault, openArchive, type Archive } from './read-archive.ts'
import { readManifest, type ListedFile } from './read-manifest.ts'
import { storeFile } from './stored-files.ts'
import { createTurns } from '../turns.ts'

export interface AssembleRequest {
  organizationId: number
  projectIds: readonly number[]
  /** SHA-1 of the bundle, hex. */
  checksum: string
  /** SHA-1 of its chunks, in order. */
  chunks: readonly string[]
  release: string | null
  dist: string | null
}

/** The protocol's answer. `ok` means that everything is stored; the indexes of very large uploads may still be in the making. */
export interface AssembleAnswer {
  state: 'not_found' | 'ok' | 'error'
  missingChunks: string[]
  detail: string | null
}

export interface AssembleDeps {
  blobs: BlobStore
  records: ArtifactRecords
  bundles: Pick<ArtifactBundles, 'storage'>
  indexMap: IndexMap
  /** Bytes of files that a project may keep. */
  quotaBytes: number
  now: () => number
}

export type Assemble = (request: AssembleRequest) => Promise<AssembleAnswer>

const ASSEMBLED_AT_ONCE = 2
// Of each bundle; so many unpacked files are in memory. While one is compressed, another is on its way to the disk.
const FILES_AT_ONCE = 2
// Long enough for most builds to be ready when the uploader is told; not so long that CI waits for large ones.
const INDEX_WAIT_MS = 2_000
const DAY_MS = 24 * 60 * 60 * 1000

const ok: AssembleAnswer = { state: 'ok', missingChunks: [], detail: null }
const refused = (detail: string): AssembleAnswer => ({ state: 'error', missingChunks: [], detail })

const findMissing = async ({ blobs }: AssembleDeps, { organizationId, chunks }: AssembleRequest): Promise<string[]> => {
  const missing: string[] = []
  for (const chunk of new Set(chunks)) if (!(await blobs.has(chunkKey(organizationId, chunk)))) missing.push(chunk)
  return missing
}

const storeFiles = async (
  blobs: BlobStore,
  archive: Archive,
  files: readonly ListedFile[],
): Promise<ArtifactFile[]> => {
  const hashes = new Map<ListedFile, { hash: string; size: number }>()
  const store = async (file: ListedFile): Promise<void> => {
    const content = await archive.read(file.entry)
    hashes.set(file, { hash: await storeFile(blobs, content), size: content.length })
  }
  const inTurn = createTurns(FILES_AT_ONCE)
  await Promise.all(files.map((file) => inTurn(() => store(file))))
  const pairs = pairFiles(files)
  return files.map((file) => {
    const script = pairs.get(file)
    const fallback = file.kind === 'map' ? file.url.replace(/\.map$/, '') : file.url
    return {
      kind: file.kind,
      debugId: file.debugId ?? script?.debugId ?? null,
      url: file.url,
      scriptUrl: script?.url ?? fallback,
      scriptHash: (script && hashes.get(script)?.hash) ?? null,
      ...hashes.get(file)!,
    }
  })
}

const unpack = async (deps: AssembleDeps, request: AssembleRequest): Promise<BundleRecord> => {
  const { organizationId, projectIds, checksum, release, dist } = request
  const keys = request.chunks.map((chunk) => chunkKey(organizationId, chunk))
  const file = await openChunkedFile(deps.blobs, keys)
  if (file.size > UPLOAD_LIMITS.maxFileSize)
    throw new ArchiveFault(`The bundle is larger than ${UPLOAD_LIMITS.maxFileSize} bytes.`)
  if (file.checksum !== checksum)
    throw new ArchiveFault('The chunks do not make up the file whose checksum was given. Upload it again.')
  const archive = await openArchive(file)
  try {
    return {
      projectIds,
      checksum,
      release,
      dist,
      size: file.size,
      files: await storeFiles(deps.blobs, archive, await readManifest(archive)),
    }
  } finally {
    archive.close()
  }
}

/** Indexing what was uploaded; whatever is not done or fails here is done when a frame needs it. */
const indexMaps = async (indexMap: IndexMap, files: readonly ArtifactFile[]): Promise<void> => {
  const maps = files.filter((file) => file.kind === 'map')
  const done = Promise.allSettled(maps.map((map) => indexMap(map)))
  const longEnough = new AbortController()
  const waited = wait(INDEX_WAIT_MS, undefined, { signal: longEnough.signal }).catch(() => undefined)
  await Promise.race([done, waited])
  longEnough.abort()
}

/** Says what to do when a project is full. What is under way may go beyond the quota, what comes next may not. */
const findFull = async ({ bundles, quotaBytes }: AssembleDeps, projectIds: readonly number[]) => {
  for (const id of projectIds) {
    const { bytes } = await bundles.storage(id)
    if (bytes >= quotaBytes)
      return `The project keeps ${bytes} bytes of scripts and maps and may keep ${quotaBytes}. Delete old ones with "foghorn sourcemaps delete", or have FOGHORN_ARTIFACT_MEGABYTES raised`
  }
  return undefined
}

const assemble = async (deps: AssembleDeps, request: AssembleRequest): Promise<AssembleAnswer> => {
  if (await deps.records.hasBundle(request)) return ok
  const full = await findFull(deps, request.projectIds)
  if (full !== undefined) return refused(full)
  const missingChunks = await findMissing(deps, request)
  if (missingChunks.length > 0) return { state: 'not_found', missingChunks, detail: null }
  try {
    const bundle = await unpack(deps, request)
    await deps.records.addBundle(bundle)
    await indexMaps(deps.indexMap, bundle.files)
    return ok
  } catch (error) {
    if (error instanceof ArchiveFault) return refused(error.message)
    throw error
  }
}

/**
 * Puts uploaded chunks together and stores what they hold. Answers when that is done; asking again is free. The same
 * request twice at a time is carried out once.
 */
export const createAssemble = (deps: AssembleDeps): Assemble => {
  const underWay = new Map<string, Promise<AssembleAnswer>>()
  const inTurn = createTurns(ASSEMBLED_AT_ONCE)
  return async (request) => {
    const key = JSON.stringify(request)
    const begun = underWay.get(key)
    if (begun) return begun
    const answer = inTurn(() => assemble(deps, request)).finally(() => underWay.delete(key))
    underWay.set(key, answer)
    const { state } = await answer
    // Chunks outlive their assembly: another upload may count on the same ones at this moment.
    if (state === 'ok') await deps.blobs.deleteOlder(chunkArea(request.organizationId), deps.now() - DAY_MS)
    return answer
  }
}
