import { hexId } from '../enrich/id.ts'
import type { Counts } from '../filter/ledger.ts'
import type { Item } from './envelope.ts'

/** Makes client reports about drops, each about those since the last. */
export const createReporter = (counts: Counts): (() => Item | undefined) => {
  let reported: Counts = {}
  return () => {
    const discarded_events = Object.entries(counts).flatMap(([key, count]) => {
      const [reason, category] = key.split(' ')
      const quantity = count - (reported[key] ?? 0)
      // Repeats are reported with the event that they repeat.
      return quantity === 0 || reason === 'repeat' ? [] : [{ reason, category, quantity }]
    })
    reported = { ...counts }
    if (discarded_events.length === 0) return undefined
    // By its ID the service knows a report that is sent again because the answer was lost.
    return { type: 'client_report', payload: { timestamp: Date.now() / 1000, report_id: hexId(), discarded_events } }
  }
}
