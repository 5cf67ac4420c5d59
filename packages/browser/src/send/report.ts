import { hexId } from '../enrich/id.ts'
import type { DropReason } from '../filter/drop-reason.ts'
import type { Counts } from '../filter/ledger.ts'
import type { Item } from './envelope.ts'

// Repeats are told by the event that they repeat, refusals at once.
const TOLD_OTHERWISE = ['repeat', 'send_error']

/**
 * A client report. By its ID the service knows one that comes twice, because the answer was lost, or because two pages
 * learned of the same refusal.
 */
const reportOf = (report_id: string, discarded_events: object[]): Item => ({
  type: 'client_report',
  payload: { timestamp: Date.now() / 1000, report_id, discarded_events },
})

/** Tells of one item that the service has turned away. */
export const reportRefusal = (eventId: string | undefined, category: string): Item => {
  const reason: DropReason = 'send_error'
  return reportOf(eventId ?? hexId(), [{ reason, category, quantity: 1 }])
}

/** Makes client reports about drops, each about those since the last; undefined when there were none. */
export const createReporter = (counts: Counts): (() => Item | undefined) => {
  let reported: Counts = {}
  return () => {
    const discarded_events = Object.entries(counts).flatMap(([key, count]) => {
      const [reason, category] = key.split(' ')
      const quantity = count - (reported[key] ?? 0)
      return quantity === 0 || TOLD_OTHERWISE.includes(reason!) ? [] : [{ reason, category, quantity }]
    })
    reported = { ...counts }
    return discarded_events.length > 0 ? reportOf(hexId(), discarded_events) : undefined
  }
}
