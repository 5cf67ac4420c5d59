export type { GroupingRule as GroupingRuleJson } from '../grouping/rule.ts'
export type { GroupingPreview as GroupingPreviewJson } from '../regrouping/preview-grouping.ts'

/** One way by which an issue is recognised, with Sentry's names. */
export interface IssueHashJson {
  id: string
  variant: string
  /** How many stored events it has brought. */
  count: number
  latestEvent: { eventID: string } | null
}

/** Hashes and events that went from one issue to another. */
export interface TransferJson {
  id: string
  from: string
  to: string
  cause: string
  hashes: number
  date: string
  undone: string | null
}

/** What a merge has put together. */
export interface MergeJson {
  merge: { parent: string; children: string[] }
}

/** What a merge would put together; nothing is changed. */
export interface MergePreviewJson {
  /** The issue that would go on. */
  parent: string
  issues: {
    id: string
    shortId: string
    title: string
    culprit: string
    count: number
    hashes: number
    /** Parts of the newest event's key. */
    groupedBy: string[]
  }[]
  count: number
}

/** A pass over stored events: how many it has looked at, read anew, and moved to another issue. */
export interface RegroupingJson {
  id: string
  cause: string
  about: string
  total: number
  checked: number
  changed: number
  moved: number
  dateCreated: string
  dateFinished: string | null
}

/** The algorithm that groups a project's events, and those there are. */
export interface GroupingVersionJson {
  version: number
  newest: number
  /** The version before, whose issues are still met until the date. */
  former: number | null
  formerUntil: string | null
  versions: { version: number; description: string }[]
}
