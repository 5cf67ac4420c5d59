export interface SimilarIssue {
  issueId: number
  /** Share of the rarer features, from 0 to 1, that both have. */
  score: number
  /** How many frames or words both have. */
  shared: number
}

export interface SimilarIssues {
  /** The most similar ones of the same project, the most similar first. Work does not grow with the number of issues. */
  of(issueId: number): Promise<SimilarIssue[]>
}
