import type { Attachment, AttachmentSummary, Feedback } from '../ports/feedback.ts'
import { iso } from './issue-json.ts'
import type { AttachmentJson, FeedbackJson } from './feedback-shapes.ts'
import type { IssueJson } from './shapes.ts'

const STARTS: [type: string, start: RegExp][] = [
  ['image/png', /^\x89PNG\r\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
]

/** The type of an image as its first bytes tell it; clients may call anything an image. */
export const imageType = ({ bytes }: Attachment): string | undefined => {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  return STARTS.find(([, pattern]) => pattern.test(start))?.[0]
}

export const attachmentJson = ({
  id,
  eventId,
  name,
  contentType,
  size,
  receivedAt,
}: AttachmentSummary): AttachmentJson => ({
  id: String(id),
  event_id: eventId,
  type: 'event.attachment',
  name,
  mimetype: contentType,
  size,
  dateCreated: iso(receivedAt),
})

export const feedbackJson = (feedback: Feedback, issue: IssueJson | null): FeedbackJson => ({
  id: String(feedback.id),
  feedbackID: feedback.feedbackId,
  eventID: feedback.eventId,
  name: feedback.name,
  email: feedback.email,
  comments: feedback.message,
  dateCreated: iso(feedback.happenedAt),
  status: feedback.status,
  source: feedback.source,
  url: feedback.url || null,
  release: feedback.release,
  environment: feedback.environment,
  project: feedback.projectSlug,
  user: feedback.email ? { email: feedback.email, name: feedback.name } : null,
  event: feedback.eventId && issue ? { id: feedback.eventId, eventID: feedback.eventId } : null,
  issue,
  attachments: feedback.attachments.map(attachmentJson),
})
