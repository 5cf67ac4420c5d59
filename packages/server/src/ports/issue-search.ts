import type { Level } from '@foghorn/protocol'
import type { Issue, IssueStatus } from './issues.ts'

/** A text to be met exactly, or by a pattern in which `*` stands for anything. */
export interface TextMatch {
  text: string
  isPattern: boolean
}

export type Assignee =
  | { kind: 'none' }
  | { kind: 'me'; accountId: number }
  | { kind: 'my teams'; accountId: number }
  /** By e-mail address. */
  | { kind: 'account'; name: string }
  | { kind: 'team'; slug: string }

export type PriorityLevel = 'high' | 'medium' | 'low'

interface Negatable {
  negated: boolean
}

/** One thing that a search asks of issues. Several values of one filter are alternatives. */
export type IssueFilter =
  | { on: 'status'; statuses: readonly IssueStatus[] }
  | ({ on: 'substatus'; substatus: string } & Negatable)
  | ({ on: 'assignee'; assignees: readonly Assignee[] } & Negatable)
  | ({ on: 'number'; field: 'times' | 'users'; comparison: '=' | '<' | '<=' | '>' | '>='; value: number } & Negatable)
  /** From `from` on and before `to`, milliseconds since 1970. */
  | ({ on: 'time'; field: 'firstSeen' | 'lastSeen'; from?: number; to?: number } & Negatable)
  | ({ on: 'level'; levels: readonly Level[] } & Negatable)
  | ({ on: 'priority'; levels: readonly PriorityLevel[] } & Negatable)
  | ({ on: 'column'; field: 'firstRelease' | 'lastRelease'; matches: readonly TextMatch[] } & Negatable)
  /** `any`: whatever its value. */
  | ({ on: 'tag'; key: string; matches: readonly TextMatch[] | 'any' } & Negatable)
  /** Seen in the newest release of its project. */
  | ({ on: 'latest release' } & Negatable)
  | ({ on: 'user'; by: 'any' | 'id' | 'email' | 'ip'; matches: readonly TextMatch[] } & Negatable)
  /** Small letters that title, place or message must hold. */
  | ({ on: 'words'; texts: readonly string[] } & Negatable)
  | ({ on: 'issue'; shortIds: readonly string[] } & Negatable)
  | ({ on: 'project'; slugs: readonly string[] } & Negatable)

/** Lists begin with the greatest value. */
export const ISSUE_SORTS = ['date', 'new', 'freq', 'user', 'priority'] as const
export type IssueSort = (typeof ISSUE_SORTS)[number]

/** From `from` on and before `to`, milliseconds since 1970. */
export interface Period {
  from: number
  to: number
}

export interface IssueQuery {
  projectIds: readonly number[]
  filters: readonly IssueFilter[]
  /** Issues that were seen in one of these; their events are counted there only. Absent: anywhere. */
  environments?: readonly string[]
  /** Issues that were seen within; their events are counted within, by whole hours. Absent: ever. */
  period?: Period
  sort: IssueSort
  limit: number
  cursor?: string
}

/** Events of an hour, or of a day. */
export interface Tally {
  /** Its beginning, milliseconds since 1970. */
  at: number
  count: number
}

export interface FoundIssue extends Issue {
  /** Events within the environments and period asked for. */
  count: number
}

export interface IssuePage {
  issues: FoundIssue[]
  /** Cursors of the pages beside; absent where there is none. */
  next?: string
  previous?: string
}

export interface IssueSearch {
  /** Undefined when the cursor is none of ours. */
  list(query: IssueQuery): Promise<IssuePage | undefined>
  /** IDs of all that match, in steps: ascending, above `after`. */
  ids(
    query: Pick<IssueQuery, 'projectIds' | 'filters' | 'environments' | 'period'>,
    step: { after: number; limit: number },
  ): Promise<number[]>
  /** Events of each of these issues by hour; hours without any are left out. */
  tallies(
    issueIds: readonly number[],
    within: Pick<IssueQuery, 'environments' | 'period'>,
  ): Promise<ReadonlyMap<number, readonly Tally[]>>
}
