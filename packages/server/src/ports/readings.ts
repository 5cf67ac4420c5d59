import type { Reading } from '../alerts/reading.ts'
import type { DeadLetter } from './dead-letters.ts'

/** What alerts count by how good it was, beside what is counted where events and sessions are stored. */
export interface ReadingStore {
  /** What is stored since a time, at most so many of the newest events or sessions, in the order in which they came or began. */
  since(projectId: number, kind: 'sessions' | 'frames', page: { from: number; limit: number }): Promise<Reading[]>
  /** Counts readings, and fires the rules that come true by them, in one transaction. */
  count(readings: readonly Reading[]): Promise<void>
  /** The number of the last dead letter that was counted; undefined when none ever was. */
  lastLetter(): Promise<number | undefined>
  /** Counts dead letters up to a number once, whatever happens in between. */
  countLetters(letters: readonly Pick<DeadLetter, 'projectId'>[], upTo: number): Promise<void>
}
