export interface FreshRows<Issue> {
  /** The issues that are shown, in the order in which they are shown, with their newest figures. */
  rows: Issue[]
  /** How many issues the fresh list has that are not shown. */
  arrivals: number
  /** The fresh list has another order than what is shown. */
  isReordered: boolean
}

/** Brings a list up to date without moving anything under the reader's eyes. */
export const freshenRows = <Issue extends { id: string }>(
  shown: readonly Issue[],
  fresh: readonly Issue[],
): FreshRows<Issue> => {
  const freshById = new Map(fresh.map((issue) => [issue.id, issue]))
  const shownIds = new Set(shown.map((issue) => issue.id))
  const known = fresh.filter((issue) => shownIds.has(issue.id))
  const sameIssues = shown.filter((issue) => freshById.has(issue.id))
  return {
    rows: shown.map((issue) => freshById.get(issue.id) ?? issue),
    arrivals: fresh.length - known.length,
    isReordered: known.some((issue, position) => issue.id !== sameIssues[position]?.id),
  }
}
