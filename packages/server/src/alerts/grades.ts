import type { Span, Tallies } from './tallies.ts'

/** So many of one grade within a minute. */
export interface Graded {
  /** Minutes since 1970. */
  slot: number
  grade: number
  quantity: number
}

/** What rules have counted by how good it was. */
export interface Grades extends Pick<Tallies, 'hasFired'> {
  grade(ruleId: number, graded: readonly Graded[]): Promise<void>
  /** In the order of their slots. */
  graded(ruleId: number, span: Span): Promise<Graded[]>
}

/** How many of each grade. */
export type Histogram = ReadonlyMap<number, number>

/** Gives the histograms of spans of which each begins and ends no earlier than the one before: every row is looked at twice at most. */
export const slideOver = (rows: readonly Graded[]): ((span: Span) => Histogram) => {
  const counts = new Map<number, number>()
  let [first, next] = [0, 0]
  const add = ({ grade, quantity }: Graded, sign: 1 | -1): void => {
    const count = (counts.get(grade) ?? 0) + sign * quantity
    if (count === 0) counts.delete(grade)
    else counts.set(grade, count)
  }
  return ({ from, to }) => {
    for (; next < rows.length && rows[next]!.slot <= to; next += 1) add(rows[next]!, 1)
    for (; first < next && rows[first]!.slot < from; first += 1) add(rows[first]!, -1)
    return counts
  }
}
