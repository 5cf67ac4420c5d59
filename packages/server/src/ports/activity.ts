import type { Issue } from './issues.ts'

export type SubscriptionReason = 'assigned' | 'changed' | 'commented' | 'mentioned' | 'wanted'

export interface Person {
  id: number
  name: string
  email: string
}

export interface Activity {
  id: number
  issueId: number
  /** `note` for a comment. */
  type: string
  /** A person, a token by its name, or null: the service itself. */
  actor: { type: 'user'; person: Person } | { type: 'token'; name: string } | null
  /** Milliseconds since 1970. */
  at: number
  data: Record<string, unknown>
}

export interface ActivityPage {
  /** Newest first. */
  activity: Activity[]
  /** Cursor of the following page; absent on the last one. */
  next?: string
}

/** An issue that somebody follows, and why. */
export interface Subscription {
  issue: Pick<Issue, 'id' | 'shortId' | 'title' | 'status' | 'projectSlug' | 'lastSeen'>
  reason: SubscriptionReason
}

export interface SubscriptionPage {
  /** The newest issue first. */
  subscriptions: Subscription[]
  /** Cursor of the following page; absent on the last one. */
  next?: string
}

export interface NewComment {
  issueId: number
  projectId: number
  organizationId: number
  text: string
  /** As feeds name actors: `user:1` or `token:name`. */
  by: string
}

/** What happened to issues and what people say about it. */
export interface ActivityStore {
  /** The feed of an issue and of those that were merged into it. */
  list(issueId: number, page: { limit: number; cursor?: string | undefined; type?: string }): Promise<ActivityPage>
  find(issueId: number, id: number): Promise<Activity | undefined>
  /** Whoever is mentioned follows the issue from then on. */
  addComment(comment: NewComment): Promise<Activity>
  changeComment(id: number, comment: NewComment): Promise<Activity>
  removeComment(id: number): Promise<void>
  /** Whoever follows the issue. */
  participants(issueId: number): Promise<Person[]>
  /** What an account follows in these projects. */
  subscriptions(
    accountId: number,
    page: { projectIds: readonly number[]; limit: number; cursor?: string | undefined },
  ): Promise<SubscriptionPage>
  subscribe(issueId: number, accountId: number): Promise<void>
  unsubscribe(issueId: number, accountId: number): Promise<void>
}
