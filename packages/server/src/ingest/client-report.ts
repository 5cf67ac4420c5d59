import * as v from 'valibot'
import type { Outcome, OutcomeReport } from '../ports/events.ts'
import type { InboxItem } from '../ports/inbox.ts'

const Discard = v.object({
  reason: v.string(),
  category: v.string(),
  quantity: v.pipe(v.number(), v.integer(), v.minValue(1)),
})

const ClientReport = v.object({
  report_id: v.optional(v.pipe(v.string(), v.maxLength(64))),
  discarded_events: v.optional(v.array(Discard), []),
  /** What a door before the service turned away, and the service's own. */
  rate_limited_events: v.optional(v.array(Discard), []),
})

const DISCARDS_AT_MOST = 100

const decoder = new TextDecoder()

/** What the client says it threw away itself. */
export const readClientReport = (item: InboxItem, payload: Uint8Array): OutcomeReport | undefined => {
  const report = v.safeParse(v.pipe(v.string(), v.parseJson(), ClientReport), decoder.decode(payload))
  if (!report.success) return undefined
  const { report_id: id, discarded_events: discarded, rate_limited_events: limited } = report.output
  const outcomesOf = (discards: v.InferOutput<typeof Discard>[], outcome: Outcome['outcome']): Outcome[] =>
    discards.slice(0, DISCARDS_AT_MOST).map(({ reason, category, quantity }) => ({
      projectId: item.projectId,
      at: item.receivedAt,
      category: category.slice(0, 50),
      outcome,
      reason: reason.slice(0, 100),
      quantity,
    }))
  const outcomes = [...outcomesOf(discarded, 'discarded'), ...outcomesOf(limited, 'limited')]
  return { projectId: item.projectId, ...(id === undefined ? {} : { id }), outcomes }
}
