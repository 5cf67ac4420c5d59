import type { Commit } from '../../ports/releases.ts'
import type { StoredEvent } from '../../stored-event.ts'

/** Something that may have to do with the cause, and what says so. */
export interface Hint {
  type:
    | 'suspect-commit'
    | 'failing-request'
    | 'same-deploy'
    | 'same-release'
    | 'new-browser-version'
    | 'third-party-host'
  /** One sentence. */
  text: string
  evidence: Record<string, unknown>
}

/** The release in which an issue was first seen or, when it is a regression, came back. */
export interface Appearance {
  version: string
  isReturn: boolean
  /** When it was seen there first. */
  seenAt: number
  /** When it was released, or else first heard of. Milliseconds since 1970, as are the other times. */
  date: number
  /** The one before it, if the project has one. */
  previous: string | null
  /** Those that were finished within the day before that, the newest first. */
  deploys: readonly { environment: string; name: string | null; finishedAt: number }[]
  /** Newest first. */
  commits: readonly Commit[]
}

export interface BrowserCount {
  /** `Chrome 156`. */
  browser: string
  events: number
}

/** All that hints are drawn from: bounded, however large the issue. */
export interface Facts {
  oldest: StoredEvent
  newest: StoredEvent
  appearance: Appearance | undefined
  /** Of the issue, and of the project's other issues that were seen last; the most frequent first. */
  browsers: { issue: readonly BrowserCount[]; others: readonly BrowserCount[] }
}

export type FindHint = (facts: Facts) => Hint | undefined
