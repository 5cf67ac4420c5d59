export interface TagCount {
  value: string
  count: number
}

/** What a search can be completed with: the tags of the issues that were seen last. */
export interface TagStore {
  keys(projectIds: readonly number[]): Promise<string[]>
  /** The most frequent values that hold the text. */
  values(of: { projectIds: readonly number[]; key: string; text: string }): Promise<TagCount[]>
}
