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

/** Where commits come from, known by the name that they are told with. */
export interface Repository {
  id: number
  name: string
  url: string | null
  createdAt: number
}

/** A project that takes part in a release. */
export interface ReleaseProject {
  id: number
  slug: string
  name: string
  platform: string
  /** When its first and newest events of the release happened; null while there are none. */
  firstEventAt: number | null
  lastEventAt: number | null
  /** Issues that appeared with the release. */
  newIssues: number
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
  lastDeploy: Deploy | null
  deployCount: number
  /** Those within the reach of whoever asks. */
  projects: ReleaseProject[]
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

/** Which releases somebody asks about: those of these projects, and those of no project at all. */
export interface ReleaseReach {
  organizationId: number
  projectIds: readonly number[]
  /** Only releases of this one of the projects. */
  projectId?: number
}

export interface ReleaseQuery {
  limit: number
  cursor?: string
  /** Part of the version. */
  search?: string
  status?: ReleaseStatus
}

export interface ReleasePage {
  releases: Release[]
  /** Cursor of the following page; absent on the last one. */
  next?: string
}

/** Releases of organizations, made by clients, CI or people. */
export interface ReleaseStore {
  /** Makes or changes a release; tells whether it was made. */
  save(reach: ReleaseReach, version: string, change: ReleaseChange): Promise<{ release: Release; created: boolean }>
  find(reach: ReleaseReach, version: string): Promise<Release | undefined>
  /** Whether the organization has it, in whoever's reach. */
  exists(organizationId: number, version: string): Promise<boolean>
  /** Newest first. */
  list(reach: ReleaseReach, query: ReleaseQuery): Promise<ReleasePage>
  /** Takes the projects within reach out of a release; with the last one it goes. */
  remove(reach: ReleaseReach, version: string): Promise<void>
  commits(releaseId: number): Promise<Commit[]>
  /** The newest release before this one that has commits. */
  previousWithCommits(reach: ReleaseReach, version: string): Promise<Release | undefined>
  addDeploy(releaseId: number, deploy: Omit<Deploy, 'id'>): Promise<Deploy>
  deploys(releaseId: number): Promise<Deploy[]>
}

/** Repositories of organizations; one that commits name is noted by itself. */
export interface RepositoryStore {
  list(organizationId: number): Promise<Repository[]>
  /** Makes it, or gives the one of that name its address. */
  save(organizationId: number, repository: { name: string; url: string | null }): Promise<Repository>
  /** False when there was none. Releases keep their commits. */
  remove(organizationId: number, id: number): Promise<boolean>
}
