import type { IndexState } from '../ports/artifact-store.ts'
import type { ResolvedIssue, StoredBundle, StoredFile } from '../ports/artifact-bundles.ts'
import { iso } from './issue-json.ts'

/** One upload, in Sentry's shape, and what it was good for. */
export interface ArtifactBundleJson {
  bundleId: string
  associations: { release: string | null; dist: string | null }[]
  date: string
  dateModified: string
  fileCount: number
  /** Bytes, as uploaded. */
  size: number
  /** When an event was last resolved with it. */
  lastUsed: string | null
  /** Events that its maps resolved, as they arrived. */
  eventsResolved: number
}

export interface ArtifactFileJson {
  id: string
  filePath: string
  fileType: 'minified_source' | 'source_map'
  /** Bytes. */
  fileSize: number
  debugId: string | null
  lastUsed: string | null
  eventsResolved: number
  /** Maps: whether look-ups can be made in it; `pending` until somebody needs it. */
  index?: { status: 'ready' | 'pending' } | { status: 'invalid'; reason: string }
}

/** An issue with events that an upload resolved. */
export interface ResolvedIssueJson {
  id: string
  title: string
  culprit: string
  /** How many of the upload's recent events. */
  eventsResolved: number
  latestEventID: string
  /** When the latest of them happened. */
  lastSeen: string
}

/** What a project keeps. */
export interface ArtifactStorageJson {
  bundles: number
  files: number
  /** Bytes of all files, each content once. */
  bytes: number
}

const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time))

export const bundleJson = (bundle: StoredBundle): ArtifactBundleJson => ({
  bundleId: String(bundle.id),
  associations: [{ release: bundle.release, dist: bundle.dist }],
  date: iso(bundle.uploadedAt),
  dateModified: iso(bundle.uploadedAt),
  fileCount: bundle.files,
  size: bundle.size,
  lastUsed: isoOrNull(bundle.usedAt),
  eventsResolved: bundle.events,
})

export const fileJson = (file: StoredFile, index: IndexState | undefined): ArtifactFileJson => ({
  id: String(file.id),
  filePath: file.url,
  fileType: file.kind === 'map' ? 'source_map' : 'minified_source',
  fileSize: file.size,
  debugId: file.debugId,
  lastUsed: isoOrNull(file.usedAt),
  eventsResolved: file.events,
  ...(file.kind === 'map' ? { index: index ?? { status: 'pending' as const } } : {}),
})

export const resolvedIssueJson = (issue: ResolvedIssue): ResolvedIssueJson => ({
  id: String(issue.id),
  title: issue.title,
  culprit: issue.culprit,
  eventsResolved: issue.events,
  latestEventID: issue.newestEvent,
  lastSeen: iso(issue.newestAt),
})
