import type { Level } from '@foghorn/protocol'
import type { EventKind, Headline } from '../event.ts'

export type IssueStatus = 'unresolved' | 'resolved' | 'ignored'

export interface Issue extends Headline {
  id: number
  projectId: number
  projectSlug: string
  projectName: string
  projectPlatform: string
  shortId: string
  status: IssueStatus
  kind: EventKind
  level: Level
  eventCount: number
  userCount: number
  /** Milliseconds since 1970, as are the other times. */
  firstSeen: number
  lastSeen: number
  firstRelease: string | null
  lastRelease: string | null
}

export interface IssueQuery {
  projectIds: readonly number[]
  status?: IssueStatus
  level?: Level
  release?: string
  environment?: string
  /** Words that title or culprit must hold, any case. */
  words: readonly string[]
  sort: 'date' | 'new' | 'freq'
  limit: number
  cursor?: string
}

export interface IssuePage {
  issues: Issue[]
  next?: string
}

export interface TagSummary {
  key: string
  total: number
  values: { value: string; count: number }[]
}

export interface IssueStore {
  list(query: IssueQuery): Promise<IssuePage>
  find(issueId: number): Promise<Issue | undefined>
  setStatus(issueId: number, status: IssueStatus): Promise<void>
  tags(issueId: number): Promise<TagSummary[]>
}
