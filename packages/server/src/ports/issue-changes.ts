/** A place in the row of changes: those of one transaction share a number. */
export interface ChangePosition {
  change: number
  issueId: number
}

export interface IssueChanged extends ChangePosition {
  /** Whether the issue appeared after the place asked from. */
  isNew: boolean
}

/** What looks different since when. An issue that changed often stands in the row once, where it changed last. */
export interface IssueChanges {
  /** The number of the newest change of all. */
  newest(): Promise<number>
  /** In the order of changes, at most `limit`. */
  since(projectIds: readonly number[], after: ChangePosition, limit: number): Promise<IssueChanged[]>
}
