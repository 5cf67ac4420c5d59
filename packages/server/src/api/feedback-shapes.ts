import type { IssueStatus } from '../ports/issues.ts'
import type { IssueJson } from './shapes.ts'

/** What a person told. `comments` is Sentry's name for the message. */
export interface FeedbackJson {
  id: string
  feedbackID: string
  /** The event that it is about; it may not have arrived. */
  eventID: string | null
  name: string
  email: string
  comments: string
  dateCreated: string
  status: IssueStatus
  source: string
  url: string | null
  release: string | null
  environment: string
  /** Slug. */
  project: string
  user: { email: string; name: string } | null
  event: { id: string; eventID: string } | null
  issue: IssueJson | null
  /** Of the feedback itself; those of the event are the event's. */
  attachments: AttachmentJson[]
}

export interface AttachmentJson {
  id: string
  event_id: string
  type: 'event.attachment'
  name: string
  /** As the client calls it. */
  mimetype: string
  /** Bytes. */
  size: number
  dateCreated: string
}
