import type { Steps } from './figures.ts'
import type { Outcome } from './events.ts'

export interface CountedOutcome extends Pick<Outcome, 'category' | 'outcome' | 'reason' | 'quantity'> {
  /** Start of the hour, in milliseconds since 1970. */
  hour: number
}

/** What became of everything that came in; it is written with the events. */
export interface OutcomeStore {
  list(projectId: number): Promise<CountedOutcome[]>
  /** Within a period, in steps; `hour` is where each begins. */
  steps(projectId: number, within: Steps): Promise<CountedOutcome[]>
  /** Of all projects together, by hour from a time on; without reasons. */
  totals(from: number): Promise<Omit<CountedOutcome, 'reason'>[]>
}
