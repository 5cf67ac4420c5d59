// What the API shows of an issue's life, in Sentry's shapes.
import type { IssueStatus } from '../ports/issues.ts'

/** Whom an issue is given to. */
export interface AssigneeJson {
  type: 'user' | 'team'
  id: string
  name: string
  /** A person's. */
  email?: string
}

export interface PersonJson {
  id: string
  name: string
  email: string
  username: string
}

/** How an issue was resolved, or until when it is ignored. Windows are in minutes. */
export interface StatusDetailsJson {
  inRelease?: string
  inNextRelease?: true
  /** The release after which it is resolved. */
  afterRelease?: string
  inCommit?: { commit: string; repository: string | null }
  note?: string
  ignoreUntil?: string
  ignoreCount?: number
  ignoreWindow?: number
  ignoreUserCount?: number
  ignoreUserWindow?: number
}

export type SubstatusJson =
  | 'ongoing'
  | 'regressed'
  | 'in_progress'
  | 'archived_until_condition_met'
  | 'archived_forever'
  | null

export type PriorityJson = 'low' | 'medium' | 'high'

/** What an issue's shape tells of its life. */
export interface IssueLifeJson {
  statusDetails: StatusDetailsJson
  substatus: SubstatusJson
  assignedTo: AssigneeJson | null
  priority: PriorityJson
  /** From 0 to 100; lists are sorted by it. */
  priorityScore: number
  /** When a person set the priority, the service leaves it. */
  priorityLocked: boolean
  numComments: number
}

/** An issue that the asker follows. */
export interface SubscriptionJson {
  /** That of the issue. */
  id: string
  shortId: string
  title: string
  status: IssueStatus
  /** Slug. */
  project: string
  lastSeen: string
  /** What made them follow it: `wanted` when they said so themselves. */
  reason: 'assigned' | 'changed' | 'commented' | 'mentioned' | 'wanted'
}

/** One entry of an issue's feed; `note` is a comment. */
export interface ActivityJson {
  id: string
  type: string
  /** Null for the service itself and for tokens. */
  user: PersonJson | null
  /** The token's name. */
  token?: string
  data: Record<string, unknown>
  dateCreated: string
}

/** Who looks after what in a project. */
export interface OwnershipJson {
  raw: string
  codeowners: string
  /** Whether new issues are given to whoever owns where they come from. */
  autoAssignment: boolean
  lastUpdated: string | null
  /** Rules that could not be read, and owners that the organization does not have. */
  errors: string[]
}

/** The rule that holds for an event, and those it names. */
export interface EventOwnersJson {
  owners: { type: 'user' | 'team'; id: string }[]
  rule: { matcher: string; owners: string[] } | null
}

/** Something that may have to do with the cause, with what says so. */
export interface HintJson {
  type: string
  /** One sentence. */
  text: string
  evidence: Record<string, unknown>
}

/** What was asked for comes back beside what came of it. */
export interface BulkChangeJson {
  /** How many issues are not as they were. */
  changed: number
  /** How many stayed as they are because their project has no release. */
  withoutRelease: number
  /** Whether more issues were found than one request changes; send it again. */
  more: boolean
}

/** Who wrote commits that touched what an event leads through, the nearest first. */
export interface CommitterJson {
  author: { name: string | null; email: string | null }
  commits: { id: string; message: string | null; dateCreated: string | null; suspectCommitType: string }[]
}
