import type { Level } from '@foghorn/protocol'
import type { EventKind } from '../../event.ts'
import type { Severity } from '../../ingest/classify.ts'
import type { Assignee } from '../../issues/life.ts'
import type { Issue, IssueLife, IssueStore, NamedAssignee, TagSummary } from '../../ports/issues.ts'
import type { MainDatabase } from './main-database.ts'
import { toLife } from './issue-life-rows.ts'

/** Issues with what lists show of their projects and of those they are assigned to. */
export const joined = (db: MainDatabase) =>
  db
    .selectFrom('issue')
    .innerJoin('project', 'project.id', 'issue.project_id')
    .leftJoin('account', 'account.id', 'issue.assigned_account')
    .leftJoin('team', 'team.id', 'issue.assigned_team')
    .selectAll('issue')
    .select(['project.slug as project_slug', 'project.name as project_name', 'project.platform as project_platform'])
    .select(['account.name as account_name', 'account.email as account_email', 'team.slug as team_slug'])

type Rows = ReturnType<typeof joined>
type Row = Awaited<ReturnType<Rows['executeTakeFirstOrThrow']>>

const namedAssignee = (assignee: Assignee | null, row: Row): NamedAssignee | null => {
  if (assignee?.type === 'user')
    return { ...assignee, name: row.account_name || (row.account_email ?? ''), email: row.account_email ?? '' }
  return assignee && { ...assignee, name: row.team_slug ?? '' }
}

const lifeOf = (row: Row): IssueLife => {
  const life = toLife(row)
  return { ...life, assignee: namedAssignee(life.assignee, row), commentCount: row.comment_count }
}

export const toIssue = (row: Row): Issue => ({
  ...lifeOf(row),
  id: row.id,
  projectId: row.project_id,
  projectSlug: row.project_slug,
  projectName: row.project_name,
  projectPlatform: row.project_platform,
  shortId: `${row.project_slug.toUpperCase()}-${row.number}`,
  title: row.title,
  culprit: row.culprit,
  metadata: JSON.parse(row.metadata),
  kind: row.kind as EventKind,
  level: row.level as Level,
  severity: row.severity as Severity,
  eventCount: row.event_count,
  userCount: row.user_count,
  firstSeen: row.first_seen,
  lastSeen: row.last_seen,
  firstRelease: row.first_release,
  lastRelease: row.last_release,
})

const TOP_VALUES = 10
const VALUES_SHOWN = 1000

const summarise = (rows: { key: string; value: string; event_count: number }[]): TagSummary[] => {
  const byKey = new Map<string, TagSummary>()
  for (const { key, value, event_count: count } of rows) {
    const summary = byKey.get(key) ?? { key, total: 0, values: [] }
    byKey.set(key, summary)
    summary.total += count
    if (summary.values.length < TOP_VALUES) summary.values.push({ value, count })
  }
  return [...byKey.values()]
}

const MERGES_FOLLOWED = 20

/** The issue, or the one that it was merged into. */
const findMerged = async (db: MainDatabase, issueId: number): Promise<Issue | undefined> => {
  let row = await joined(db).where('issue.id', '=', issueId).executeTakeFirst()
  for (let hops = 0; row && row.merged_into !== null && hops < MERGES_FOLLOWED; hops += 1)
    row = await joined(db).where('issue.id', '=', row.merged_into).executeTakeFirst()
  return row && toIssue(row)
}

export const sqlIssueStore = (db: MainDatabase): IssueStore => ({
  find: (issueId) => findMerged(db, issueId),
  tagValues: async (issueId, key) => {
    const rows = await db
      .selectFrom('issue_tag')
      .select(['value', 'event_count'])
      .where('issue_id', '=', issueId)
      .where('key', '=', key)
      .orderBy('event_count', 'desc')
      .orderBy('value')
      .limit(VALUES_SHOWN)
      .execute()
    return rows.map(({ value, event_count: count }) => ({ value, count }))
  },
  tags: async (issueId) =>
    summarise(
      await db
        .selectFrom('issue_tag')
        .select(['key', 'value', 'event_count'])
        .where('issue_id', '=', issueId)
        .orderBy('key')
        .orderBy('event_count', 'desc')
        .limit(5000)
        .execute(),
    ),
})
