import type { LeanEvent } from '../event.ts'
import type { StoreResult } from '../ports/events.ts'

/** What people hear of after the commit. */
export interface Notifier {
  issueAppeared(event: LeanEvent, shortId: string): void
  issueRegressed(event: LeanEvent, shortId: string): void
}

export type Notify = (events: readonly LeanEvent[], results: readonly StoreResult[]) => void

/** Tells of new and returned issues; results stand in the order of the events. */
export const notifying =
  (notifier: Notifier): Notify =>
  (events, results) => {
    for (const [index, result] of results.entries()) {
      if (result.status !== 'stored') continue
      if (result.change === 'new') notifier.issueAppeared(events[index]!, result.issue.shortId)
      if (result.change === 'regressed') notifier.issueRegressed(events[index]!, result.issue.shortId)
    }
  }
