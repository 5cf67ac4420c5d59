import type { Dimension } from '../event-facets.ts'
import type { Period, Tally } from './issue-search.ts'

/** How good a project wants to be. */
export interface Objective {
  /**
   * `crash-free-sessions`: `target` is the share of sessions that should not crash. `errors`: `target` is how many errors a
   * day are tolerable.
   */
  kind: 'crash-free-sessions' | 'errors'
  target: number
  windowDays: number
}

/** What an objective is measured by, in one hour: sessions and those that crashed; for errors both are their number. */
export interface Measured {
  at: number
  all: number
  bad: number
}

/** What somebody did about an issue, and how long it had been there. */
export interface Response {
  issueId: number
  at: number
  afterMs: number
}

export interface StatisticsStore {
  /** Events of a project for each value of a dimension, in steps of whole hours or days (UTC). */
  events(
    projectId: number,
    dimension: Dimension,
    within: { period: Period; stepMs: number },
  ): Promise<ReadonlyMap<string, readonly Tally[]>>
  /** Items that came in, by hour and by what became of them. */
  outcomes(projectId: number, period: Period): Promise<{ at: number; outcome: string; count: number }[]>
  sessions(projectId: number, period: Period): Promise<Measured[]>
  /** Issues that a person first did something about within the period; the newest 5,000. */
  acknowledgements(projectIds: readonly number[], period: Period): Promise<Response[]>
  /** Each time that an issue was resolved, counted from when it appeared or came back; the newest 5,000. */
  resolutions(projectIds: readonly number[], period: Period): Promise<Response[]>
  /** How many issues appeared, came back and were resolved within the period. */
  turnover(projectId: number, period: Period): Promise<{ appeared: number; regressed: number; resolved: number }>
  objective(projectId: number): Promise<Objective | undefined>
  setObjective(projectId: number, objective: Objective | undefined): Promise<void>
}
