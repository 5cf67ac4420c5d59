/** Where a blob lies: an area of our own naming, and the hash of its content in hex. Never built from what clients name. */
export interface BlobKey {
  area: string
  hash: string
}

/** Positional reads of one blob. */
export interface BlobReader {
  readonly size: number
  /** Copies bytes to the start of `into`; gives how many there were, fewer only where the blob ends. */
  readInto(into: Uint8Array, offset: number, length: number): number
  close(): void
}

/** Bytes kept by the hash of their content. What was put survives the loss of power. */
export interface BlobStore {
  /** Stores content whole or not at all. Storing it again makes it count as new. */
  put(key: BlobKey, content: Uint8Array): Promise<void>
  has(key: BlobKey): Promise<boolean>
  get(key: BlobKey): Promise<Uint8Array | undefined>
  openReader(key: BlobKey): Promise<BlobReader | undefined>
  delete(key: BlobKey): Promise<void>
  /** Whether it is there; if so it counts as new. */
  touch(key: BlobKey): Promise<boolean>
  /** Hashes of an area's blobs that were put before a time, in milliseconds since 1970. */
  listOlder(area: string, before: number): Promise<string[]>
  /** Deletes an area's blobs that were put before a time, in milliseconds since 1970. */
  deleteOlder(area: string, before: number): Promise<void>
  /** Whether it does what it is asked for. While it does not, work that needs it is better not begun. */
  isAnswering(): Promise<boolean>
}

export type ArtifactKind = 'script' | 'map'

/** One uploaded script or map. */
export interface ArtifactFile {
  kind: ArtifactKind
  /** 32 hex digits; null when the file has none. */
  debugId: string | null
  /** Address as uploaded, usually with `~` for scheme and host. */
  url: string
  /** Address of the script: its own, or for a map that of the script it belongs to. */
  scriptUrl: string
  /** SHA-256 of the content, hex. */
  hash: string
  /** Maps: SHA-256 of their script, if it came along. */
  scriptHash: string | null
  /** Bytes. */
  size: number
}

/** What an index is made of. */
export type MapContent = Pick<ArtifactFile, 'hash' | 'scriptHash'>

/** What was uploaded together, for which projects. */
export interface BundleRecord {
  projectIds: readonly number[]
  /** SHA-1 of the bundle, hex. */
  checksum: string
  release: string | null
  dist: string | null
  size: number
  files: readonly ArtifactFile[]
}

export interface MapRecord extends ArtifactFile {
  id: number
  release: string | null
  dist: string | null
  /** Milliseconds since 1970. */
  uploadedAt: number
}

export type IndexState = { status: 'ready' } | { status: 'invalid'; reason: string }

/** Which files a project has, and what became of the maps. Every question is about one project. */
export interface ArtifactRecords {
  /** Whether all these projects have this bundle. */
  hasBundle(bundle: Omit<BundleRecord, 'size' | 'files'>): Promise<boolean>
  /**
   * Notes a bundle's files for each of its projects, and that stored events with frames in them are to be looked at
   * again, in one transaction. Noting them again makes them the newest. A bundle with a map that is known to be unreadable
   * counts as failed for alerts in that transaction.
   */
  addBundle(bundle: BundleRecord): Promise<void>
  /** Newest first. */
  mapsByDebugId(projectId: number, debugId: string): Promise<MapRecord[]>
  /** Maps whose script has this file name: those of the release, and the newest of all; newest first, each at most 50. */
  mapsByFileName(projectId: number, script: { fileName: string; release?: string }): Promise<MapRecord[]>
  /** Maps of scripts whose file names differ from this one only by the hash of the build; newest first, at most 50. */
  mapsOfOtherBuilds(projectId: number, fileName: string): Promise<MapRecord[]>
  hasScript(projectId: number, debugId: string): Promise<boolean>
  /** The state of an index by its hash. An index belongs to content, not to a project. */
  indexState(indexHash: string): Promise<IndexState | undefined>
  /** Notes it. Uploads that hold a map which cannot be read count as failed for alerts, each once, in the same transaction. */
  setIndexState(indexHash: string, state: IndexState, map: MapContent): Promise<void>
}
