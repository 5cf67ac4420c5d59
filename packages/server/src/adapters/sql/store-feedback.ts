import type { Transaction } from 'kysely'
import type { Outcome } from '../../ports/events.ts'
import type { FeedbackEntry, NewAttachment, NewFeedback } from '../../ports/feedback.ts'
import { countOutcomes } from './count-outcomes.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>
type Result = Pick<Outcome, 'outcome' | 'reason'>

const ACCEPTED: Result = { outcome: 'accepted', reason: '' }
const DUPLICATE: Result = { outcome: 'duplicate', reason: '' }

const ATTACHMENTS_PER_EVENT = 10

const storeFeedback = async (db: Write, feedback: NewFeedback): Promise<Result> => {
  const { projectId, feedbackId, name, email, message } = feedback
  const known = await db
    .selectFrom('feedback')
    .select(['id', 'message', 'name', 'email'])
    .where('project_id', '=', projectId)
    .where('feedback_id', '=', feedbackId)
    .executeTakeFirst()
  if (known && known.message === message && known.name === name && known.email === email) return DUPLICATE
  if (known) await db.updateTable('feedback').set({ name, email, message }).where('id', '=', known.id).execute()
  else await insertFeedback(db, feedback)
  return ACCEPTED
}

const insertFeedback = async (db: Write, feedback: NewFeedback): Promise<void> => {
  const { projectId, feedbackId, eventId, happenedAt, receivedAt, kind: _kind, ...texts } = feedback
  await db
    .insertInto('feedback')
    .values({
      ...texts,
      project_id: projectId,
      feedback_id: feedbackId,
      event_id: eventId,
      status: 'unresolved',
      happened_at: happenedAt,
      received_at: receivedAt,
    })
    .execute()
}

const storeAttachment = async (db: Write, attachment: NewAttachment): Promise<Result> => {
  const { projectId, eventId, attachmentId, name, contentType, receivedAt, bytes } = attachment
  const known = await db
    .selectFrom('attachment')
    .select('attachment_id')
    .where('project_id', '=', projectId)
    .where('event_id', '=', eventId)
    .execute()
  if (known.some((one) => one.attachment_id === attachmentId)) return DUPLICATE
  if (known.length >= ATTACHMENTS_PER_EVENT) return { outcome: 'limited', reason: 'too_many' }
  await db
    .insertInto('attachment')
    .values({
      project_id: projectId,
      event_id: eventId,
      attachment_id: attachmentId,
      name,
      content_type: contentType,
      size: bytes.length,
      received_at: receivedAt,
      bytes,
    })
    .execute()
  return ACCEPTED
}

/** Stores what people told and the files that came along, and counts them, all within the caller's transaction. */
export const storeFeedbackEntries = async (db: Write, entries: readonly FeedbackEntry[]): Promise<void> => {
  const outcomes: Outcome[] = []
  for (const entry of entries) {
    const result = entry.kind === 'feedback' ? await storeFeedback(db, entry) : await storeAttachment(db, entry)
    outcomes.push({ projectId: entry.projectId, at: entry.receivedAt, category: entry.kind, quantity: 1, ...result })
  }
  await countOutcomes(db, outcomes)
}
