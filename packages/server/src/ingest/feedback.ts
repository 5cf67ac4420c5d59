import { createHash } from 'node:crypto'
import { EventId, LIMITS, type Envelope, type EnvelopeItem } from '@foghorn/protocol'
import * as v from 'valibot'
import type { NormalisedEvent, ScrubbedEvent } from '../event.ts'
import type { OutcomeReport } from '../ports/events.ts'
import type { FeedbackEntry, NewFeedback } from '../ports/feedback.ts'
import type { InboxItem } from '../ports/inbox.ts'
import { normalise, UnreadableEvent } from './normalise.ts'
import { scrubText, type Scrub } from './scrub.ts'

/** Why an item is not kept. */
type Refused = 'unreadable' | 'no_message' | 'no_event'

export interface ArrivedFeedback {
  item: InboxItem
  envelope: Envelope
  part: EnvelopeItem
  /** By the rules of the project. */
  scrub: Scrub
}

const text = (chars: number) =>
  v.fallback(
    v.pipe(
      v.string(),
      v.transform((value) => value.trim().slice(0, chars)),
    ),
    '',
  )

const eventId = v.fallback(v.nullable(EventId), null)

const Told = v.object({
  message: text(LIMITS.dataChars),
  name: text(LIMITS.nameChars),
  contact_email: text(LIMITS.nameChars),
  url: text(LIMITS.urlChars),
  source: text(LIMITS.nameChars),
  associated_event_id: eventId,
})
type Told = v.InferOutput<typeof Told>

/** Who tells is said on purpose: like an event's user, and unlike other texts, it keeps its e-mail address. */
const scrubTold = (event: NormalisedEvent, scrub: Scrub): { event: ScrubbedEvent; told: Told } => {
  const { contact_email: email, name, ...told } = v.parse(Told, event.payload.contexts?.['feedback'] ?? {})
  const contexts = { feedback: told }
  const scrubbed = scrub({ ...event, payload: { ...event.payload, user: { email, username: name }, contexts } })
  const { user, contexts: kept } = scrubbed.payload
  const person = { contact_email: user?.email, name: user?.username }
  return { event: scrubbed, told: v.parse(Told, { ...(kept?.['feedback'] as object), ...person }) }
}

const readFeedbackItem = ({ item, envelope, part, scrub }: ArrivedFeedback): NewFeedback | Refused => {
  const { event, told } = scrubTold(normalise({ item, envelope, bytes: part.payload }), scrub)
  if (told.message === '') return 'no_message'
  return {
    kind: 'feedback',
    projectId: item.projectId,
    feedbackId: event.eventId,
    eventId: told.associated_event_id,
    name: told.name,
    email: told.contact_email,
    message: told.message,
    url: told.url,
    source: told.source,
    release: event.payload.release ?? null,
    environment: event.payload.environment,
    happenedAt: event.happenedAt,
    receivedAt: event.receivedAt,
  }
}

const UserReport = v.object({
  event_id: EventId,
  name: v.optional(v.unknown()),
  email: v.optional(v.unknown()),
  comments: v.optional(v.unknown()),
})

const hexHash = (...parts: (string | Uint8Array)[]): string =>
  parts
    .reduce((hash, part) => hash.update(part), createHash('sha256'))
    .digest('hex')
    .slice(0, 32)

/** The older form of feedback. There is one for each event, so its ID follows from the event's, and later words replace it. */
const asFeedback = (arrived: ArrivedFeedback): ArrivedFeedback | undefined => {
  const { envelope, part } = arrived
  const report = v.safeParse(v.pipe(v.string(), v.parseJson(), UserReport), new TextDecoder().decode(part.payload))
  if (!report.success) return undefined
  const { event_id: about, name, email, comments: message } = report.output
  const feedback = { message, name, contact_email: email, source: 'user-report', associated_event_id: about }
  const payload = JSON.stringify({ event_id: hexHash('user_report', about), contexts: { feedback } })
  const { event_id: _event, ...headers } = envelope.headers
  const headless = { ...envelope, headers }
  return { ...arrived, envelope: headless, part: { ...part, payload: new TextEncoder().encode(payload) } }
}

const readUserReport = (arrived: ArrivedFeedback): NewFeedback | Refused => {
  const feedback = asFeedback(arrived)
  return feedback ? readFeedbackItem(feedback) : 'unreadable'
}

const readAttachment = ({ item, envelope, part: { headers, payload } }: ArrivedFeedback): FeedbackEntry | Refused => {
  const owner = v.safeParse(EventId, envelope.headers.event_id)
  if (!owner.success) return 'no_event'
  const name = headers.filename?.slice(0, LIMITS.nameChars) || 'attachment'
  return {
    kind: 'attachment',
    projectId: item.projectId,
    eventId: owner.output,
    // The same request digested twice must give the same attachment.
    attachmentId: hexHash(name, '\0', payload),
    name: scrubText(name),
    contentType: scrubText(headers.content_type?.slice(0, LIMITS.nameChars) ?? 'application/octet-stream'),
    bytes: payload,
    receivedAt: item.receivedAt,
  }
}

const READERS: Record<string, (arrived: ArrivedFeedback) => FeedbackEntry | Refused> = {
  feedback: readFeedbackItem,
  user_report: readUserReport,
  attachment: readAttachment,
}

const refusal = ({ projectId, receivedAt: at }: InboxItem, type: string, reason: Refused): OutcomeReport => {
  const category = type === 'attachment' ? 'attachment' : 'feedback'
  return { projectId, outcomes: [{ projectId, at, category, outcome: 'failed', reason, quantity: 1 }] }
}

const read = (arrived: ArrivedFeedback): FeedbackEntry | Refused => {
  try {
    return READERS[arrived.part.headers.type]!(arrived)
  } catch (error) {
    if (error instanceof UnreadableEvent) return 'unreadable'
    throw error
  }
}

/** Reads what people tell, in its newer and older form, and the files that come along: something to store, or the count of what is not worth it. */
export const readFeedback = (arrived: ArrivedFeedback): FeedbackEntry | OutcomeReport => {
  const entry = read(arrived)
  return typeof entry === 'string' ? refusal(arrived.item, arrived.part.headers.type, entry) : entry
}
