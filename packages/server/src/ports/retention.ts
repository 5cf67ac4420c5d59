/** How much of a project is kept. */
export interface Limits {
  days: number
  events: number
  megabytes: number
}

export interface IssueUsage {
  issueId: number
  /** Stored events. */
  events: number
  /** Bytes of its stored events. */
  bytes: number
}

/** Where a pass that goes through a project's events by age has come to. */
export interface AgeCursor {
  receivedAt: number
  id: number
}

export interface AgePass {
  deleted: number
  /** Where the next pass goes on; absent when there is nothing older left to look at. */
  next?: AgeCursor
}

/**
 * Deletes in small steps, each a short transaction of its own. The first event of an issue, its last, and its turning
 * points stay as long as the issue does. Counters keep telling what happened.
 */
export interface RetentionStore {
  projectIds(): Promise<number[]>
  /** What a project says for itself; the rest is the operator's choice. */
  ownLimits(projectId: number): Promise<Partial<Limits>>
  setOwnLimits(projectId: number, limits: Partial<Limits>): Promise<void>
  /** One step through events received before a time. */
  deleteAged(projectId: number, before: number, from: AgeCursor): Promise<AgePass>
  /** One step: what people told before a time, and files of that age whose event or feedback is gone. Gives how many. */
  deleteAgedFeedback(projectId: number, before: number): Promise<number>
  /** One step: issues last seen before a time that have no event any more. Gives how many. */
  deleteForgottenIssues(projectId: number, before: number): Promise<number>
  usage(projectId: number): Promise<IssueUsage[]>
  /** One step: the oldest events of an issue, at most so many. Gives how many, and their bytes. */
  thin(issueId: number, atMost: number): Promise<{ events: number; bytes: number }>
  removedProjects(): Promise<{ id: number; removedAt: number }[]>
  /** One step: what is stored of a removed project. Gives how many. */
  deleteLeftovers(projectId: number): Promise<number>
  /** A removed project of which nothing can arrive any more. */
  forgetProject(projectId: number): Promise<void>
  /** One step: log-in sessions, links, counted reports and the like that serve no purpose any more. */
  deleteExpired(now: number): Promise<number>
  /** Makes room for the events of today and of the days to come, where each day has a place of its own. */
  prepareDays(now: number): Promise<void>
  /** One step: gives back the place of a past day of which little is left; false when there was none. */
  releaseDay(now: number): Promise<boolean>
  /** One step: gives freed space back to the disk; false when there was none. */
  releaseSpace(): Promise<boolean>
}
