import type { Command, IgnoreCondition } from '../issues/life.ts'

/** What people tell the service to do with issues. */
export type Order =
  | Exclude<Command, { type: 'ignore' }>
  | { type: 'ignore'; until: IgnoreCondition }
  /** In the release that comes after the latest one of the issue's project, or in that one. */
  | { type: 'resolve-by-latest-release'; next: boolean; note?: string }

export interface Triaged {
  /** Issues that are not as they were. */
  changed: number[]
  /** Those whose project has no release that the order could mean; nothing was done to them. */
  withoutRelease: number[]
}

/** Changes what becomes of issues, and tells it in their feeds. */
export interface Triage {
  /**
   * Carries out orders, one after the other, on each issue. Many issues are changed in steps; other work goes on between.
   * `by` is who gave them, as feeds name actors; null: the service itself.
   */
  change(issueIds: readonly number[], orders: readonly Order[], by: string | null): Promise<Triaged>
  /** One bounded piece of what comes with time alone: wakes issues, and lowers priorities of those that have gone quiet. */
  tend(): Promise<boolean>
}
