import type { Level } from '@foghorn/protocol'
import type { EventKind, Headline } from '../event.ts'
import type { Severity } from '../ingest/classify.ts'
import type { Assignee, Life, Status } from '../issues/life.ts'

export type IssueStatus = Status

export interface NamedAssignee extends Assignee {
  /** A person's name, or a team's slug. */
  name: string
  /** A person's. */
  email?: string
}

/** What people have made of an issue. */
export interface IssueLife extends Omit<Life, 'assignee'> {
  assignee: NamedAssignee | null
  commentCount: number
}

export interface Issue extends Headline, IssueLife {
  id: number
  projectId: number
  projectSlug: string
  projectName: string
  projectPlatform: string
  shortId: string
  kind: EventKind
  level: Level
  /** How bad its newest event is for people. */
  severity: Severity
  eventCount: number
  userCount: number
  /** Milliseconds since 1970, as are the other times. */
  firstSeen: number
  lastSeen: number
  firstRelease: string | null
  lastRelease: string | null
}

export interface TagSummary {
  key: string
  total: number
  values: { value: string; count: number }[]
}

export interface IssueStore {
  find(issueId: number): Promise<Issue | undefined>
  tags(issueId: number): Promise<TagSummary[]>
  /** Most frequent first, at most 1,000. */
  tagValues(issueId: number, key: string): Promise<{ value: string; count: number }[]>
}
