import { parseEnvelope, type Envelope, type EnvelopeItem } from '@foghorn/protocol'
import * as v from 'valibot'
import type { GroupedEvent } from '../event.ts'
import { group } from '../grouping/group.ts'
import type { EventStore, Outcome, OutcomeReport } from '../ports/events.ts'
import type { InboxItem } from '../ports/inbox.ts'
import { normalise, UnreadableEvent } from './normalise.ts'
import type { Notify } from './notify.ts'
import { scrub } from './scrub.ts'
import { symbolicate, type FindMap } from './symbolicate.ts'

export interface DigestDeps {
  findMap: FindMap
  events: Pick<EventStore, 'store'>
  notify: Notify
}

/** What one request came to: the events in it, and what became of all else. */
interface Digested {
  events: GroupedEvent[]
  reports: OutcomeReport[]
}

const digestEvent = async (
  item: InboxItem,
  envelope: Envelope,
  bytes: Uint8Array,
  find: FindMap,
): Promise<GroupedEvent> => {
  const event = scrub(normalise({ item, envelope, bytes }))
  return group(await symbolicate(event, find))
}

const Discard = v.object({
  reason: v.string(),
  category: v.string(),
  quantity: v.pipe(v.number(), v.integer(), v.minValue(1)),
})

const ClientReport = v.object({
  report_id: v.optional(v.pipe(v.string(), v.maxLength(64))),
  discarded_events: v.array(Discard),
})

/** What the client says it threw away itself. */
const readClientReport = (item: InboxItem, payload: Uint8Array): OutcomeReport[] => {
  const report = v.safeParse(v.pipe(v.string(), v.parseJson(), ClientReport), new TextDecoder().decode(payload))
  if (!report.success) return []
  const { report_id: id, discarded_events: discards } = report.output
  const outcomes = discards.slice(0, 100).map(({ reason, category, quantity }): Outcome => ({
    projectId: item.projectId,
    at: item.receivedAt,
    category: category.slice(0, 50),
    outcome: 'discarded',
    reason: reason.slice(0, 100),
    quantity,
  }))
  return [{ projectId: item.projectId, ...(id === undefined ? {} : { id }), outcomes }]
}

const unsupported = ({ projectId, receivedAt }: InboxItem, { headers }: EnvelopeItem): OutcomeReport => ({
  projectId,
  outcomes: [
    {
      projectId,
      at: receivedAt,
      category: headers.type.slice(0, 50),
      outcome: 'unsupported',
      reason: 'item_type',
      quantity: 1,
    },
  ],
})

/** Reads one request of the inbox up to the point where it can be stored. Throws when it cannot be read. */
export const prepare = async (item: InboxItem, find: FindMap): Promise<Digested> => {
  const parsed = parseEnvelope(item.body)
  if (!parsed.ok) throw new UnreadableEvent(`Malformed envelope: ${parsed.reason}.`)
  const digested: Digested = { events: [], reports: [] }
  for (const part of parsed.envelope.items) {
    if (part.headers.type === 'event')
      digested.events.push(await digestEvent(item, parsed.envelope, part.payload, find))
    else if (part.headers.type === 'client_report') digested.reports.push(...readClientReport(item, part.payload))
    else digested.reports.push(unsupported(item, part))
  }
  return digested
}

/** normalise -> scrub -> symbolicate -> group for each request, then store all in one transaction, then notify. */
export const digest = async (items: readonly InboxItem[], deps: DigestDeps): Promise<void> => {
  const digested: Digested[] = []
  for (const item of items) digested.push(await prepare(item, deps.findMap))
  const events = digested.flatMap((one) => one.events)
  const results = await deps.events.store(
    events,
    digested.flatMap((one) => one.reports),
  )
  deps.notify(events, results)
}
