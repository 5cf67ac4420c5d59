import { connectService, type Service, type ServiceAddress } from './service.ts'

export interface UploadsOptions extends ServiceAddress {
  /** Slug of the organization. */
  org: string
  /** Slug of the project. */
  project: string
}

/** One upload that a project keeps. */
export interface UploadSummary {
  id: string
  release: string | null
  dist: string | null
  /** ISO 8601. */
  uploadedAt: string
  /** Bytes, as uploaded. */
  size: number
  files: number
  /** When an event was last resolved with it, ISO 8601. Null: never, or the service does not tell. */
  lastUsed: string | null
  eventsResolved: number
}

/** Which uploads are meant. */
export interface UploadsFilter {
  /** Part of a release, a file's address or a debug ID. */
  search?: string
  release?: string
}

/** An issue with recent events that an upload resolved. */
export interface ResolvedIssue {
  id: string
  title: string
  culprit: string
  eventsResolved: number
  latestEventId: string
  /** When the latest of them happened, ISO 8601. */
  lastSeen: string
}

export interface Uploads {
  /** Newest first. */
  list(filter?: UploadsFilter): Promise<UploadSummary[]>
  /** The newest first. Throws ArtifactsError when the project has no such upload. */
  issues(id: string): Promise<ResolvedIssue[]>
  /** Deletes one upload. Deleting one that is not there is no failure. */
  remove(id: string): Promise<void>
  close(): void
}

interface BundleJson {
  bundleId: string
  associations: { release: string | null; dist: string | null }[]
  date: string
  fileCount: number
  size?: number
  lastUsed?: string | null
  eventsResolved?: number
}

interface IssuesJson {
  issues: (Omit<ResolvedIssue, 'latestEventId'> & { latestEventID: string })[]
}

const toSummary = (bundle: BundleJson): UploadSummary => ({
  id: bundle.bundleId,
  release: bundle.associations[0]?.release ?? null,
  dist: bundle.associations[0]?.dist ?? null,
  uploadedAt: bundle.date,
  size: bundle.size ?? 0,
  files: bundle.fileCount,
  lastUsed: bundle.lastUsed ?? null,
  eventsResolved: bundle.eventsResolved ?? 0,
})

const over = (service: Service, { org, project }: UploadsOptions): Uploads => {
  const projectPath = `/api/0/projects/${encodeURIComponent(org)}/${encodeURIComponent(project)}`
  const path = `${projectPath}/files/artifact-bundles/`
  const pathFor = (parameters: Record<string, string>): string => `${path}?${new URLSearchParams(parameters)}`
  return {
    list: async ({ search, release } = {}) => {
      const bundles = await service.getPages(
        pathFor({ ...(search ? { query: search } : {}), ...(release ? { release } : {}) }),
      )
      return (bundles as BundleJson[]).map(toSummary)
    },
    issues: async (id) => {
      const { issues } = (await service.getJson(
        `${projectPath}/artifact-bundles/${encodeURIComponent(id)}/issues/`,
      )) as IssuesJson
      return issues.map(({ latestEventID, ...issue }) => ({ ...issue, latestEventId: latestEventID }))
    },
    remove: (id) => service.delete(pathFor({ bundleId: id })),
    close: () => service.close(),
  }
}

/** What was uploaded to a project, to look through and to delete. */
export const connectUploads = (options: UploadsOptions): Uploads => over(connectService(options), options)
