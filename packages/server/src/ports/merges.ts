import type { RegroupCause } from './regrouping.ts'

/** One way by which an issue is recognised. */
export interface IssueHash {
  hash: string
  variant: string
  groupingVersion: number
  /** How many stored events it has brought. */
  eventCount: number
  /** ID of the newest of them. */
  latestEventId: string | null
}

/** Events and hashes that went from one issue to another. */
export interface Transfer {
  id: number
  fromIssueId: number
  toIssueId: number
  cause: RegroupCause
  hashes: string[]
  /** Milliseconds since 1970. */
  happenedAt: number
  undoneAt: number | null
}

/** Who decided it: `user:1` or `token:name`. */
type By = string

/** Moving what issues are made of. Hashes move at once; events follow in bounded steps. */
export interface Merges {
  hashes(issueId: number): Promise<IssueHash[]>
  transfers(issueId: number): Promise<Transfer[]>
  /** What has the hashes of the sources goes to the target from now on. The sources lead to it. */
  merge(projectId: number, issues: { target: number; sources: readonly number[] }, by: By): Promise<void>
  /** Takes hashes out of an issue into a new one; undefined when nothing would be left, or a hash is another issue's. */
  unmerge(issueId: number, hashes: readonly string[], by: By): Promise<number | undefined>
  /** Gives back what a merge took; false when that was not a merge, or was undone before. */
  undo(issueId: number, transferId: number, by: By): Promise<boolean>
}
