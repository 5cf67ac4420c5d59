import { parseEnvelope, type Envelope, type EnvelopeItem } from '@foghorn/protocol'
import type { NormalisedEvent } from '../event.ts'
import { findRule } from '../grouping/find-rule.ts'
import { group } from '../grouping/group.ts'
import type { ExtendEvent } from '../extensions/extend-event.ts'
import type { MaskTexts } from '../extensions/mask-texts.ts'
import type { FeedbackStore } from '../ports/feedback.ts'
import type { EventStore, OutcomeReport } from '../ports/events.ts'
import type { SessionUpdate } from '../ports/figures.ts'
import type { InboxItem } from '../ports/inbox.ts'
import { readClientReport } from './client-report.ts'
import { counted, nothingDigested, type Digested } from './digested.ts'
import { readFeedback } from './feedback.ts'
import { filter } from './filter.ts'
import { maskFeedback } from './mask-feedback.ts'
import { readSpans, readTransaction } from './measurements.ts'
import { normalise, UnreadableEvent } from './normalise.ts'
import type { Notify } from './notify.ts'
import type { ProjectRules, RulesOf } from './project-rules.ts'
import { rememberMaps } from './remember-maps.ts'
import { readSession, readSessionCounts } from './sessions.ts'
import type { Spikes } from './spikes.ts'
import { symbolicate } from './symbolicate.ts'
import type { FindMap } from '../ports/find-map.ts'

export interface DigestDeps {
  findMap: FindMap
  rulesOf: RulesOf
  /** What the operator has added to the service. */
  extend: ExtendEvent
  mask: MaskTexts
  events: Pick<EventStore, 'pack' | 'store' | 'digestedItems'>
  feedback: Pick<FeedbackStore, 'store'>
  /** Tells events that are far more than an issue usually has. */
  spikes: Spikes
  /** Counts the maps that resolved an event, by their IDs. */
  noteUse: (maps: readonly number[]) => void
  notify: Notify
  /** Told of each part that was set aside while the rest of its request went on. */
  setAside: (item: InboxItem, part: EnvelopeItem, error: Error) => Promise<void>
}

interface Arrived {
  item: InboxItem
  envelope: Envelope
  part: EnvelopeItem
}

/** Reads one kind of item and adds what it came to. */
type Read = (
  arrived: Arrived,
  digested: Digested,
  deps: Pick<DigestDeps, 'findMap' | 'rulesOf' | 'extend' | 'mask' | 'spikes' | 'events'>,
) => unknown

const dropped =
  (outcome: 'filtered' | 'limited') =>
  (item: InboxItem, { kind, times }: NormalisedEvent, reason: string): OutcomeReport => {
    const [one] = counted(item, { category: kind, outcome, reason }).outcomes
    return { projectId: item.projectId, outcomes: [{ ...one!, quantity: times }] }
  }

const filtered = dropped('filtered')
const limited = dropped('limited')

const readEvent: Read = async ({ item, envelope, part }, { events, reports }, deps) => {
  const { findMap, rulesOf, extend, spikes } = deps
  const { settings, scrub, grouping } = await rulesOf(item.projectId)
  const event = normalise({ item, envelope, bytes: part.payload })
  const reason = filter(event, settings)
  if (reason !== undefined) return reports.push(filtered(item, event, reason))
  const symbolicated = await symbolicate(await extend(scrub(event), scrub), findMap)
  const rule = findRule(symbolicated, grouping.rules)
  if (rule?.action.drop) return reports.push(filtered(item, event, 'grouping-rule'))
  const grouped = group(symbolicated, { ...grouping, rule })
  const issue = `${event.projectId} ${grouped.grouping.keys[0]!.hash}`
  if (settings.spikeProtection && spikes.exceeds(issue, event.times))
    return reports.push(limited(item, event, 'issue_spike'))
  spikes.add(issue, event.times)
  return events.push(deps.events.pack(grouped))
}

interface Placed {
  release: string
  environment: string
}

const withoutSecrets = <Figure extends Placed>(figures: readonly Figure[], { scrubPlace }: ProjectRules): Figure[] =>
  figures.map((figure) => ({
    ...figure,
    release: scrubPlace(figure.release),
    environment: scrubPlace(figure.environment),
  }))

/** Reads items that are kept as numbers, and counts them. */
const numbers =
  <Figure extends Placed>(
    category: string,
    read: (item: InboxItem, payload: Uint8Array) => Figure[] | undefined,
    listOf: (digested: Digested) => Figure[],
  ): Read =>
  async ({ item, part }, digested, { rulesOf }) => {
    const figures = read(item, part.payload)
    if (figures) listOf(digested).push(...withoutSecrets(figures, await rulesOf(item.projectId)))
    digested.reports.push(
      figures
        ? counted(item, { category, outcome: 'accepted', reason: '' })
        : counted(item, { category, outcome: 'failed', reason: 'unreadable' }),
    )
  }

const readOne = (item: InboxItem, payload: Uint8Array): SessionUpdate[] | undefined => {
  const session = readSession(item, payload)
  return session && [session]
}

const readTold: Read = async ({ item, envelope, part }, { feedback, reports }, { rulesOf, mask }) => {
  const { scrub } = await rulesOf(item.projectId)
  const entry = readFeedback({ item, envelope, part, scrub })
  return 'kind' in entry ? feedback.push(await maskFeedback(entry, mask)) : reports.push(entry)
}

const readReport: Read = ({ item, part }, { reports }) => {
  const report = readClientReport(item, part.payload)
  if (report) reports.push(report)
}

const READERS = new Map<string, Read>([
  ['event', readEvent],
  ['session', numbers('session', readOne, ({ sessions }) => sessions)],
  ['sessions', numbers('session', readSessionCounts, ({ sessionCounts }) => sessionCounts)],
  ['transaction', numbers('transaction', readTransaction, ({ measurements }) => measurements)],
  ['span', numbers('span', readSpans, ({ measurements }) => measurements)],
  ['feedback', readTold],
  ['user_report', readTold],
  ['attachment', readTold],
  ['client_report', readReport],
])

const skip: Read = ({ item, part }, { reports }) =>
  reports.push(counted(item, { category: part.headers.type.slice(0, 50), outcome: 'unsupported', reason: 'item_type' }))

const readPart = async (arrived: Arrived, digested: Digested, deps: DigestDeps): Promise<void> => {
  const { item, part } = arrived
  try {
    await (READERS.get(part.headers.type) ?? skip)(arrived, digested, deps)
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error
    digested.unreadable.push({ item, part, error })
    digested.reports.push(counted(item, { category: 'error', outcome: 'failed', reason: 'unreadable' }))
  }
}

const readItem = async (item: InboxItem, digested: Digested, deps: DigestDeps): Promise<void> => {
  const parsed = parseEnvelope(item.body)
  if (!parsed.ok) throw new UnreadableEvent(`Malformed envelope: ${parsed.reason}.`)
  const { envelope } = parsed
  for (const part of envelope.items) await readPart({ item, envelope, part }, digested, deps)
}

/** normalise -> filter -> scrub -> extend -> symbolicate -> group -> pack for each event, then store all in one transaction, then notify. */
export const digest = async (items: readonly InboxItem[], deps: DigestDeps): Promise<void> => {
  const done = await deps.events.digestedItems(items.map(({ id }) => id))
  const fresh = items.filter(({ id }) => !done.has(id))
  if (fresh.length === 0) return
  const digested = nothingDigested()
  const remembering = { ...deps, findMap: rememberMaps(deps.findMap) }
  for (const item of fresh) await readItem(item, digested, remembering)
  const { feedback, unreadable, ...batch } = digested
  for (const { item, part, error } of unreadable) await deps.setAside(item, part, error)
  if (feedback.length > 0) await deps.feedback.store(feedback)
  const results = await deps.events.store({ ...batch, items: fresh.map(({ id }) => id) })
  deps.noteUse(batch.events.flatMap((event, index) => (results[index]?.status === 'stored' ? event.usedMaps : [])))
  deps.notify(batch.events, results)
}
