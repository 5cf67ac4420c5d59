import type { Selectable } from 'kysely'
import type {
  AttachmentSummary,
  Feedback,
  FeedbackPage,
  FeedbackQuery,
  FeedbackStatus,
  FeedbackStore,
} from '../../ports/feedback.ts'
import type { MainDatabase } from './main-database.ts'
import { storeFeedbackEntries } from './store-feedback.ts'
import type { Tables } from './tables.ts'

// The event may arrive after what is told about it, so its issue is looked up when it is read.
const joined = (db: MainDatabase) =>
  db
    .selectFrom('feedback')
    .innerJoin('project', 'project.id', 'feedback.project_id')
    .leftJoin('event', (join) =>
      join.onRef('event.project_id', '=', 'feedback.project_id').onRef('event.event_id', '=', 'feedback.event_id'),
    )
    .selectAll('feedback')
    .select(['project.slug as project_slug', 'event.issue_id as issue_id'])

type Row = Awaited<ReturnType<ReturnType<typeof joined>['executeTakeFirstOrThrow']>>

const toFeedback = (row: Row, attachments: AttachmentSummary[]): Feedback => ({
  id: row.id,
  projectId: row.project_id,
  projectSlug: row.project_slug,
  feedbackId: row.feedback_id,
  eventId: row.event_id,
  issueId: row.issue_id,
  status: row.status as FeedbackStatus,
  name: row.name,
  email: row.email,
  message: row.message,
  url: row.url,
  source: row.source,
  release: row.release,
  environment: row.environment,
  happenedAt: row.happened_at,
  receivedAt: row.received_at,
  attachments,
})

const SUMMARY = ['id', 'event_id', 'name', 'content_type', 'size', 'received_at'] as const

const toSummary = (row: Pick<Selectable<Tables['attachment']>, (typeof SUMMARY)[number]>): AttachmentSummary => ({
  id: row.id,
  eventId: row.event_id,
  name: row.name,
  contentType: row.content_type,
  size: row.size,
  receivedAt: row.received_at,
})

export const sqlFeedbackStore = (db: MainDatabase): FeedbackStore => {
  const attachments = async (projectId: number, eventId: string): Promise<AttachmentSummary[]> => {
    const rows = await db
      .selectFrom('attachment')
      .select(SUMMARY)
      .where('project_id', '=', projectId)
      .where('event_id', '=', eventId)
      .orderBy('id')
      .execute()
    return rows.map(toSummary)
  }
  const complete = async (row: Row): Promise<Feedback> =>
    toFeedback(row, await attachments(row.project_id, row.feedback_id))

  const select = ({ projectIds, status, issueId, cursor }: FeedbackQuery) => {
    let rows = joined(db).where('feedback.project_id', 'in', projectIds)
    if (status) rows = rows.where('feedback.status', '=', status)
    if (issueId !== undefined) rows = rows.where('event.issue_id', '=', issueId)
    if (cursor !== undefined && /^\d{1,15}$/.test(cursor)) rows = rows.where('feedback.id', '<', Number(cursor))
    return rows.orderBy('feedback.id', 'desc')
  }

  return {
    store: (entries) => db.transaction().execute((transaction) => storeFeedbackEntries(transaction, entries)),
    list: async (query): Promise<FeedbackPage> => {
      if (query.projectIds.length === 0) return { feedback: [] }
      const rows = await select(query)
        .limit(query.limit + 1)
        .execute()
      const feedback = await Promise.all(rows.slice(0, query.limit).map(complete))
      return rows.length > query.limit ? { feedback, next: String(feedback.at(-1)!.id) } : { feedback }
    },
    find: async (id) => {
      const row = await joined(db).where('feedback.id', '=', id).executeTakeFirst()
      return row && complete(row)
    },
    setStatus: async (id, status) => {
      await db.updateTable('feedback').set({ status }).where('id', '=', id).execute()
    },
    attachments,
    attachment: async (projectId, eventId, id) => {
      const row = await db
        .selectFrom('attachment')
        .select([...SUMMARY, 'bytes'])
        .where('project_id', '=', projectId)
        .where('event_id', '=', eventId)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && { ...toSummary(row), bytes: row.bytes }
    },
  }
}
