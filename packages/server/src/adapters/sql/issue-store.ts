import { sql, type SelectQueryBuilder } from 'kysely'
import type { Level } from '@foghorn/protocol'
import type { EventKind } from '../../event.ts'
import type { Issue, IssueQuery, IssueStatus, IssueStore, TagSummary } from '../../ports/issues.ts'
import type { MainDatabase } from './database.ts'
import type { Tables } from './tables.ts'

const ORDER = { date: 'issue.last_seen', new: 'issue.first_seen', freq: 'issue.event_count' } as const

const joined = (db: MainDatabase) =>
  db
    .selectFrom('issue')
    .innerJoin('project', 'project.id', 'issue.project_id')
    .selectAll('issue')
    .select(['project.slug as project_slug', 'project.name as project_name', 'project.platform as project_platform'])

type Rows = ReturnType<typeof joined>
type Row = Awaited<ReturnType<Rows['executeTakeFirstOrThrow']>>

const toIssue = (row: Row): Issue => ({
  id: row.id,
  projectId: row.project_id,
  projectSlug: row.project_slug,
  projectName: row.project_name,
  projectPlatform: row.project_platform,
  shortId: `${row.project_slug.toUpperCase()}-${row.number}`,
  title: row.title,
  culprit: row.culprit,
  metadata: JSON.parse(row.metadata),
  status: row.status as IssueStatus,
  kind: row.kind as EventKind,
  level: row.level as Level,
  eventCount: row.event_count,
  userCount: row.user_count,
  firstSeen: row.first_seen,
  lastSeen: row.last_seen,
  firstRelease: row.first_release,
  lastRelease: row.last_release,
})

const escapeLike = (word: string): string => word.replaceAll(/[\\%_]/g, String.raw`\$&`)

type Filterable = SelectQueryBuilder<Tables, 'issue' | 'project', Row>

const withTag = (rows: Filterable, key: string, value: string): Filterable =>
  rows.where(({ exists, selectFrom }) =>
    exists(
      selectFrom('issue_tag')
        .select('issue_tag.key')
        .whereRef('issue_tag.issue_id', '=', 'issue.id')
        .where('issue_tag.key', '=', key)
        .where('issue_tag.value', '=', value),
    ),
  )

const withWord = (rows: Filterable, word: string): Filterable => {
  const pattern = `%${escapeLike(word.toLowerCase())}%`
  // SQLite has no escape character unless it is named.
  const holds = (column: 'issue.title' | 'issue.culprit') =>
    sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`
  return rows.where(({ or }) => or([holds('issue.title'), holds('issue.culprit')]))
}

const filter = (rows: Filterable, query: IssueQuery): Filterable => {
  let filtered = rows.where('issue.project_id', 'in', query.projectIds).where('issue.merged_into', 'is', null)
  if (query.status) filtered = filtered.where('issue.status', '=', query.status)
  if (query.level) filtered = filtered.where('issue.level', '=', query.level)
  if (query.release !== undefined) filtered = withTag(filtered, 'release', query.release)
  if (query.environment !== undefined) filtered = withTag(filtered, 'environment', query.environment)
  for (const word of query.words) filtered = withWord(filtered, word)
  return filtered
}

const readCursor = (cursor: string): [number, number] | undefined => {
  const match = /^(\d{1,15}):(\d{1,15})$/.exec(cursor)
  return match ? [Number(match[1]), Number(match[2])] : undefined
}

const sortValue = (issue: Issue, sort: IssueQuery['sort']): number =>
  ({ date: issue.lastSeen, new: issue.firstSeen, freq: issue.eventCount })[sort]

const page = async (db: MainDatabase, query: IssueQuery): Promise<{ issues: Issue[]; next?: string }> => {
  if (query.projectIds.length === 0) return { issues: [] }
  const order = ORDER[query.sort]
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor)
  let rows = filter(joined(db), query)
  if (after) rows = rows.where(({ eb, refTuple, tuple }) => eb(refTuple(order, 'issue.id'), '<', tuple(...after)))
  const found = await rows
    .orderBy(order, 'desc')
    .orderBy('issue.id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const issues = found.slice(0, query.limit).map(toIssue)
  const last = issues.at(-1)
  if (found.length <= query.limit || !last) return { issues }
  return { issues, next: `${sortValue(last, query.sort)}:${last.id}` }
}

const TOP_VALUES = 10

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
  list: (query) => page(db, query),
  find: (issueId) => findMerged(db, issueId),
  setStatus: async (issueId, status) => {
    await db.updateTable('issue').set({ status }).where('id', '=', issueId).execute()
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
