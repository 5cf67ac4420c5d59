import type { DropReason } from './drop-reason.ts'

/** How many were dropped since the start, by reason and category: `sample_rate error`. */
export type Counts = Record<string, number>

export interface Ledger {
  count(reason: DropReason, category?: string): void
  counts: Counts
}

/** Nothing is dropped silently: every drop is counted, shown by `stats()` and reported to the service. */
export const createLedger = (): Ledger => {
  const counts: Counts = {}
  return {
    counts,
    count: (reason, category = 'error') => {
      const key = `${reason} ${category}`
      counts[key] = (counts[key] ?? 0) + 1
    },
  }
}
