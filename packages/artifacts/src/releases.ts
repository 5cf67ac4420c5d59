import { ArtifactsError } from './artifacts-error.ts'
import { hasCommit, readCommits } from './git-commits.ts'
import { connectService, type Service, type ServiceAddress } from './service.ts'

export interface ReleaseClientOptions extends ServiceAddress {
  /** Slug of the organization. */
  org: string
  /** Slugs of the projects that the release is of. */
  projects: string[]
}

export interface ReleaseSummary {
  version: string
  dateCreated: string
  dateReleased: string | null
  commitCount: number
}

export interface DeploySummary {
  environment: string
  name: string | null
  dateFinished: string | null
}

export interface ReleaseClient {
  /** Makes the release unless it is there. */
  create(version: string, details?: { url?: string }): Promise<void>
  /** Says that it is out now. */
  finalize(version: string): Promise<void>
  /** Gives it the checkout's commits since the last release that has some. Gives their number. */
  setCommits(version: string, folder: string): Promise<number>
  deploy(version: string, deploy: { environment: string; name?: string; url?: string }): Promise<void>
  deploys(version: string): Promise<DeploySummary[]>
  list(): Promise<ReleaseSummary[]>
  close(): void
}

const FIRST_COMMITS = 20
const COMMITS_AT_MOST = 1000

const now = (): string => new Date().toISOString()

const lastCommitOf = (release: unknown): string | undefined => {
  const id = (release as { lastCommit?: { id?: unknown } | null } | null)?.lastCommit?.id
  return typeof id === 'string' ? id : undefined
}

const commitsSince = async (folder: string, previous: string | undefined) => {
  if (previous === undefined || !(await hasCommit(folder, previous)))
    return readCommits(folder, { limit: FIRST_COMMITS })
  return readCommits(folder, { after: previous, limit: COMMITS_AT_MOST })
}

const checkVersion = (version: string): void => {
  if (!/^(?!\.{1,2}$)[^\s/\\][^\n\r\t/\\]*$/.test(version))
    throw new ArtifactsError(
      `${JSON.stringify(version)} cannot be a release: no slashes, line ends or tabs, and not "." or "..".`,
    )
}

const over = (service: Service, { org, projects }: ReleaseClientOptions): ReleaseClient => {
  const base = `/api/0/organizations/${encodeURIComponent(org)}/releases/`
  const pathOf = (version: string): string => {
    checkVersion(version)
    return `${base}${encodeURIComponent(version)}/`
  }
  const change = (version: string, body: object): Promise<unknown> =>
    service.putJson(pathOf(version), { projects, ...body })
  return {
    create: async (version, details = {}) => {
      checkVersion(version)
      await service.postJson(base, { version, projects, dateStarted: now(), ...details })
    },
    finalize: async (version) => void (await change(version, { dateReleased: now() })),
    setCommits: async (version, folder) => {
      const previous = await service.getJson(`${pathOf(version)}previous-with-commits/`)
      const commits = await commitsSince(folder, lastCommitOf(previous))
      await change(version, { commits })
      return commits.length
    },
    deploy: async (version, deploy) =>
      void (await service.postJson(`${pathOf(version)}deploys/`, { projects, dateFinished: now(), ...deploy })),
    deploys: async (version) => (await service.getJson(`${pathOf(version)}deploys/`)) as DeploySummary[],
    list: async () => (await service.getJson(base)) as ReleaseSummary[],
    close: () => service.close(),
  }
}

/** Releases of a service: what is out since when, and which commits are in it. */
export const connectReleases = (options: ReleaseClientOptions): ReleaseClient => over(connectService(options), options)
