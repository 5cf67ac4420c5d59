import type { IgnoredUntil, Resolution } from '../issues/life.ts'
import { priorityLevel } from '../issues/priority.ts'
import type { Issue, IssueLife, NamedAssignee } from '../ports/issues.ts'
import type { AssigneeJson, IssueLifeJson, StatusDetailsJson } from './life-shapes.ts'
import type { IssueJson } from './shapes.ts'

export const iso = (time: number): string => new Date(time).toISOString()

const MINUTE_MS = 60_000

const resolutionDetails = (resolution: Resolution): StatusDetailsJson => {
  const note = resolution.note === undefined ? {} : { note: resolution.note }
  if (resolution.by === 'release') return { inRelease: resolution.version, ...note }
  if (resolution.by === 'next-release') return { inNextRelease: true, afterRelease: resolution.after, ...note }
  if (resolution.by === 'now') return note
  return { inCommit: { commit: resolution.commit, repository: resolution.repository }, ...note }
}

const ignoreDetails = ({ time, events, users }: IgnoredUntil): StatusDetailsJson => ({
  ...(time !== null && { ignoreUntil: iso(time) }),
  ...(events && { ignoreCount: events.count }),
  ...(events?.windowMs && { ignoreWindow: events.windowMs / MINUTE_MS }),
  ...(users && { ignoreUserCount: users.count }),
  ...(users?.windowMs && { ignoreUserWindow: users.windowMs / MINUTE_MS }),
})

const detailsOf = ({ resolution, ignoredUntil }: IssueLife): StatusDetailsJson => {
  if (resolution) return resolutionDetails(resolution)
  return ignoredUntil ? ignoreDetails(ignoredUntil) : {}
}

const assigneeJson = (assignee: NamedAssignee | null): AssigneeJson | null =>
  assignee && { ...assignee, id: String(assignee.id) }

const lifeJson = (issue: IssueLife): IssueLifeJson => ({
  statusDetails: detailsOf(issue),
  substatus: issue.substatus ?? (issue.status === 'unresolved' ? 'ongoing' : null),
  assignedTo: assigneeJson(issue.assignee),
  priority: priorityLevel(issue.priority),
  priorityScore: issue.priority,
  priorityLocked: issue.priorityLocked,
  numComments: issue.commentCount,
})

/** `origin` is where people reach the service. */
export const issueJson = (issue: Issue, place: { origin: string; organization: string }): IssueJson => ({
  id: String(issue.id),
  shortId: issue.shortId,
  title: issue.title,
  culprit: issue.culprit,
  level: issue.level,
  severity: issue.severity,
  status: issue.status,
  ...lifeJson(issue),
  type: issue.kind,
  metadata: issue.metadata,
  count: String(issue.eventCount),
  userCount: issue.userCount,
  firstSeen: iso(issue.firstSeen),
  lastSeen: iso(issue.lastSeen),
  firstRelease: issue.firstRelease,
  lastRelease: issue.lastRelease,
  project: {
    id: String(issue.projectId),
    slug: issue.projectSlug,
    name: issue.projectName,
    platform: issue.projectPlatform,
  },
  permalink: `${place.origin}/organizations/${place.organization}/issues/${issue.id}`,
})
