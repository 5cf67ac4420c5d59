import type { Issue } from '../ports/issues.ts'
import type { IssueJson } from './shapes.ts'

export const iso = (time: number): string => new Date(time).toISOString()

/** `origin` is where people reach the service. */
export const issueJson = (issue: Issue, place: { origin: string; organization: string }): IssueJson => ({
  id: String(issue.id),
  shortId: issue.shortId,
  title: issue.title,
  culprit: issue.culprit,
  level: issue.level,
  status: issue.status,
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
