import type { DatedRelease } from '../releases/order.ts'

/** `new` appeared with the release, `regressed` came back with it, `resolved` was said to be fixed in it. */
export const RELEASE_ISSUE_CHANGES = ['new', 'regressed', 'resolved'] as const
export type ReleaseIssueChange = (typeof RELEASE_ISSUE_CHANGES)[number]

/** Part of a release within one project. */
export interface ReleasePart {
  projectId: number
  version: string
  /** Version of the release before it: what was fixed "in the next release" after that one is fixed in this one. */
  after: string | null
}

/** How many of a release's recent frames were led to their sources. */
export interface ReleaseCoverage {
  /** Newest events that were looked at. */
  events: number
  /** Frames of the app's own code in them. */
  frames: number
  resolved: number
}

/** What became of a release in one project. */
export interface ReleaseFigures {
  /** Releases that were there when this one came, the newest of them. */
  earlier(projectId: number, version: string): Promise<DatedRelease[]>
  /** Issues that the release changed, the newest first; `below` an ID for the next page. */
  issueIds(part: ReleasePart, change: ReleaseIssueChange, page: { limit: number; below?: number }): Promise<number[]>
  countIssues(part: ReleasePart, change: ReleaseIssueChange): Promise<number>
  /** Uploads that name the release. */
  artifacts(part: ReleasePart): Promise<{ bundles: number; files: number }>
  coverage(part: ReleasePart): Promise<ReleaseCoverage>
}
