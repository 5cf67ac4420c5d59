import type { ArtifactFile } from './artifact-store.ts'

/** What became of uploaded files since. Times in milliseconds since 1970. */
export interface ArtifactUse {
  /** When an event was last resolved with it; null when none ever was. */
  usedAt: number | null
  /** Events that it resolved, as they arrived. */
  events: number
}

/** One upload of a project. */
export interface StoredBundle extends ArtifactUse {
  id: number
  release: string | null
  dist: string | null
  uploadedAt: number
  /** Bytes, as uploaded. */
  size: number
  files: number
}

export interface StoredFile extends ArtifactFile, ArtifactUse {
  id: number
}

/** An issue with stored events that were resolved with an upload. */
export interface ResolvedIssue {
  id: number
  title: string
  culprit: string
  /** How many of the upload's recent events are the issue's. */
  events: number
  /** ID and time of the newest of these. */
  newestEvent: string
  newestAt: number
}

export interface BundleQuery {
  /** Part of a release, a file's address or a debug ID. */
  search?: string
  /** Exactly this release. */
  release?: string
  /** Only bundles with smaller IDs, for the next page. */
  below?: number
  limit: number
}

/** What a project keeps. */
export interface ArtifactStorage {
  bundles: number
  files: number
  /** Bytes of the files, each content once, not compressed. */
  bytes: number
}

export interface ExpiryRule {
  /** Bundles uploaded and last used before this time are too old, unless they are of the project's newest release. */
  before: number
  limit: number
}

/** Uploads as things to look through and to remove. Every question but the last two is about one project. */
export interface ArtifactBundles {
  /** Newest first. */
  list(projectId: number, query: BundleQuery): Promise<StoredBundle[]>
  /** Undefined when the project has no such bundle. */
  files(projectId: number, bundleId: number): Promise<StoredFile[] | undefined>
  /** Issues by the recent events that a bundle resolved, the newest first. Undefined when the project has no such bundle. */
  issues(projectId: number, bundleId: number, limit: number): Promise<ResolvedIssue[] | undefined>
  storage(projectId: number): Promise<ArtifactStorage>
  /**
   * Removes bundles and the files that only they hold, and notes that stored events with frames in these are to be looked
   * at again, in one transaction. Bundles that are not there are passed over.
   */
  remove(projectId: number, bundleIds: readonly number[]): Promise<void>
  /** Adds to the number of events that files resolved, by their IDs. */
  noteUse(events: ReadonlyMap<number, number>, at: number): Promise<void>
  /** Bundles that the rule lets go, of any project. */
  expired(rule: ExpiryRule): Promise<{ projectId: number; id: number }[]>
  /** Contents that some project has, by their hashes: all else may be deleted. */
  contents(): Promise<{ hash: string; scriptHash: string | null }[]>
}
