export type FeedbackStatus = 'unresolved' | 'resolved' | 'ignored'

/** What a person told, about an event or about anything. */
export interface NewFeedback {
  kind: 'feedback'
  projectId: number
  /** 32 hex digits; told again under the same ID, the later words count. */
  feedbackId: string
  /** The event that it is about. */
  eventId: string | null
  name: string
  email: string
  message: string
  url: string
  /** What it was written with, such as `widget` or `error-page`. */
  source: string
  release: string | null
  environment: string
  /** Milliseconds since 1970, as are the other times. */
  happenedAt: number
  receivedAt: number
}

/** A file that came with an event or with feedback. */
export interface NewAttachment {
  kind: 'attachment'
  projectId: number
  /** ID of the event or the feedback that it came with. */
  eventId: string
  /** 32 hex digits that follow from where it came from. */
  attachmentId: string
  name: string
  /** What the client calls its type: never what it is served as. */
  contentType: string
  bytes: Uint8Array
  receivedAt: number
}

export type FeedbackEntry = NewFeedback | NewAttachment

export interface Feedback extends Omit<NewFeedback, 'kind'> {
  id: number
  status: FeedbackStatus
  projectSlug: string
  /** The issue of the event that it is about, once that is there. */
  issueId: number | null
  attachments: AttachmentSummary[]
}

export interface AttachmentSummary extends Pick<NewAttachment, 'eventId' | 'name' | 'contentType' | 'receivedAt'> {
  id: number
  /** Bytes. */
  size: number
}

export interface Attachment extends AttachmentSummary {
  bytes: Uint8Array
}

export interface FeedbackQuery {
  projectIds: readonly number[]
  status?: FeedbackStatus
  issueId?: number
  limit: number
  cursor?: string
}

export interface FeedbackPage {
  feedback: Feedback[]
  /** Cursor of the following page; absent on the last one. */
  next?: string
}

export interface FeedbackStore {
  /** Stores and counts in one transaction. What comes twice is stored once. */
  store(entries: readonly FeedbackEntry[]): Promise<void>
  /** Newest first. */
  list(query: FeedbackQuery): Promise<FeedbackPage>
  find(id: number): Promise<Feedback | undefined>
  setStatus(id: number, status: FeedbackStatus): Promise<void>
  attachments(projectId: number, eventId: string): Promise<AttachmentSummary[]>
  attachment(projectId: number, eventId: string, id: number): Promise<Attachment | undefined>
}
