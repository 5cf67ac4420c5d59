export type ReleaseStatus = 'open' | 'archived'

export interface Commit {
  id: string
  repository: string | null
  authorName: string | null
  authorEmail: string | null
  message: string | null
  /** Milliseconds since 1970. */
  timestamp: number | null
  /** Changed files: path, and A, M or D for added, modified, deleted. */
  patchSet: { path: string; type: string }[]
}

export interface Release {
  id: number
  version: string
  status: ReleaseStatus
  ref: string | null
  url: string | null
  /** Milliseconds since 1970, as are the other times. */
  createdAt: number
  startedAt: number | null
  releasedAt: number | null
  lastCommitId: string | null
  commitCount: number
  projects: { id: number; slug: string; name: string }[]
}

/** What a release is given. Members that are absent stay as they are. */
export interface ReleaseChange {
  projectIds?: readonly number[]
  status?: ReleaseStatus
  ref?: string | null
  url?: string | null
  startedAt?: number | null
  releasedAt?: number | null
  /** Replaces all commits; the newest first. */
  commits?: readonly Commit[]
}

export interface Deploy {
  id: number
  environment: string
  name: string | null
  url: string | null
  startedAt: number | null
  finishedAt: number | null
}

export interface ReleaseQuery {
  organizationId: number
  /** Only releases that this project takes part in. */
  projectId?: number
  limit: number
  cursor?: string
}

export interface ReleasePage {
  releases: Release[]
  /** Cursor of the following page; absent on the last one. */
  next?: string
}

/** Releases of organizations. A project narrows a question to the releases that it takes part in. */
export interface ReleaseStore {
  /** Makes or changes a release; tells whether it was made. */
  save(organizationId: number, version: string, change: ReleaseChange): Promise<{ release: Release; created: boolean }>
  find(organizationId: number, version: string): Promise<Release | undefined>
  /** Newest first. */
  list(organizationId: number, page: Omit<ReleaseQuery, 'organizationId'>): Promise<ReleasePage>
  /** False when there was none. */
  remove(organizationId: number, version: string): Promise<boolean>
  commits(releaseId: number): Promise<Commit[]>
  /** The newest release before this one that has commits. */
  previousWithCommits(organizationId: number, version: string): Promise<Release | undefined>
  addDeploy(releaseId: number, deploy: Omit<Deploy, 'id'>): Promise<Deploy>
  deploys(releaseId: number): Promise<Deploy[]>
}
