import { sql, type RawBuilder } from 'kysely'
import { matchesGlob } from '../../ingest/glob.ts'
import type {
  FoundIssue,
  IssueFilter,
  IssueQuery,
  IssueSearch,
  IssueSort,
  TextMatch,
} from '../../ports/issue-search.ts'
import type { Issue, IssueStatus } from '../../ports/issues.ts'
import type { MainDatabase } from './main-database.ts'
import { differencesOf } from './differences.ts'
import { conditionOf, seenIn, seenWithin, together, type Condition, type Constraint } from './issue-conditions.ts'
import { countWithin, tallies } from './issue-counts.ts'
import { joined, toIssue } from './issue-store.ts'
import { cursorOf, pageOf, readCursor, type Cursor } from './keyset.ts'
import { latestRelease } from './release-dates.ts'
import type { TextIndex } from './text-index.ts'

type Wanted = Pick<IssueQuery, 'projectIds' | 'filters' | 'environments' | 'period'>

const STATUSES: readonly IssueStatus[] = ['unresolved', 'resolved', 'ignored']

const statusesOf = (filters: readonly IssueFilter[]): IssueStatus[] =>
  STATUSES.filter((status) => filters.every((filter) => filter.on !== 'status' || filter.statuses.includes(status)))

const VALUES_KNOWN = 2000

/** The different values of a tag, found by leaps from one to the next; undefined when there are too many. */
const distinctValues = async (db: MainDatabase, key: string): Promise<string[] | undefined> => {
  const { rows } = await sql<{ value: string }>`
    with recursive found (value, place) as (
      select min(value), 1 from issue_tag where key = ${key}
      union all
      select (select min(value) from issue_tag where key = ${key} and value > found.value), place + 1
      from found where found.value is not null and place <= ${VALUES_KNOWN})
    select value from found where value is not null`.execute(db)
  return rows.length > VALUES_KNOWN ? undefined : rows.map(({ value }) => value)
}

const exactly = (values: readonly string[]): TextMatch[] => values.map((text) => ({ text, isPattern: false }))

/** A pattern in the values that meet it, which an index can look up. */
const spellOut = async (db: MainDatabase, filter: Constraint): Promise<Constraint> => {
  if (filter.on !== 'tag' || filter.matches === 'any' || filter.matches.every(({ isPattern }) => !isPattern))
    return filter
  const { matches } = filter
  const known = await distinctValues(db, filter.key)
  if (!known) return filter
  const met = known.filter((value) =>
    matches.some(({ text, isPattern }) => (isPattern ? matchesGlob(text, value) : text === value)),
  )
  return { ...filter, matches: exactly(met) }
}

const latestOf = async (db: MainDatabase, { filters, projectIds }: Wanted): Promise<Map<number, string>> => {
  const latest = new Map<number, string>()
  if (!filters.some(({ on }) => on === 'latest release')) return latest
  for (const id of projectIds) {
    const release = await latestRelease(db, id)
    if (release) latest.set(id, release.version)
  }
  return latest
}

const conditionsOf = async (db: MainDatabase, wanted: Wanted, index: TextIndex): Promise<Condition[]> => {
  const surroundings = { index, latest: await latestOf(db, wanted), projectIds: wanted.projectIds }
  const conditions: Condition[] = []
  for (const filter of wanted.filters)
    if (filter.on !== 'status') conditions.push(conditionOf(await spellOut(db, filter), surroundings))
  if (wanted.environments) conditions.push(seenIn(wanted.environments))
  if (wanted.period) conditions.push(seenWithin(wanted.period, wanted.environments))
  return conditions
}

const FEW = 1000

/** The IDs that can match at all, when some condition's index says that they are few. */
const candidates = async (db: MainDatabase, conditions: readonly Condition[]): Promise<number[] | undefined> => {
  for (const { ids } of conditions) {
    if (!ids) continue
    const { rows } = await sql<{ issue_id: number }>`select issue_id from (${ids}) as found limit ${FEW + 1}`.execute(
      db,
    )
    if (rows.length <= FEW) return [...new Set(rows.map((row) => row.issue_id))]
  }
  return undefined
}

const ORDER = {
  date: 'last_seen',
  new: 'first_seen',
  freq: 'event_count',
  user: 'user_count',
  priority: 'priority',
} as const satisfies Record<IssueSort, string>

const sortValue = (issue: Issue, sort: IssueSort): number =>
  ({
    date: issue.lastSeen,
    new: issue.firstSeen,
    freq: issue.eventCount,
    user: issue.userCount,
    priority: issue.priority,
  })[sort]

interface Walk {
  order: RawBuilder<unknown>
  direction: RawBuilder<unknown>
  where: RawBuilder<boolean>
  limit: number
}

const walkOf = (query: IssueQuery, conditions: readonly Condition[], cursor: Cursor | undefined): Walk => {
  const order = sql.ref(`issue.${ORDER[query.sort]}`)
  const isBack = cursor?.isBack ?? false
  const beyond =
    cursor && sql<boolean>`(${order}, issue.id) ${sql.raw(isBack ? '>' : '<')} (${cursor.value}, ${cursor.id})`
  const conditionsAndCursor = beyond ? [...conditions, { holds: beyond }] : conditions
  return {
    order,
    direction: sql.raw(isBack ? 'asc' : 'desc'),
    where: sql`issue.merged_into is null and ${together(conditionsAndCursor)}`,
    limit: query.limit + 1,
  }
}

const inOrder = ({ order, direction, limit }: Walk): RawBuilder<unknown> =>
  sql`order by ${order} ${direction}, issue.id ${direction} limit ${limit}`

/** Of each project and status the first few in the order asked for: an index gives them without sorting or counting. */
const firstOfEach = (
  { projectIds, statuses }: { projectIds: readonly number[]; statuses: readonly string[] },
  walk: Walk,
) =>
  projectIds.flatMap((projectId) =>
    statuses.map(
      (status) => sql<{ id: number }>`select id from (select issue.id from issue
        where issue.project_id = ${projectId} and issue.status = ${status} and ${walk.where} ${inOrder(walk)}) as found`,
    ),
  )

// SQLite joins 500 queries at most.
const QUERIES_AT_ONCE = 100

const idsInOrder = async (
  db: MainDatabase,
  {
    projectIds,
    statuses,
    few,
  }: { projectIds: readonly number[]; statuses: readonly string[]; few: number[] | undefined },
  walk: Walk,
): Promise<number[]> => {
  if (few) {
    const { rows } = await sql<{ id: number }>`select issue.id from issue where issue.id in (${sql.join(few)})
      and issue.project_id in (${sql.join([...projectIds])}) and issue.status in (${sql.join([...statuses])})
      and ${walk.where} ${inOrder(walk)}`.execute(db)
    return rows.map(({ id }) => id)
  }
  const queries = firstOfEach({ projectIds, statuses }, walk)
  const ids: number[] = []
  for (let from = 0; from < queries.length; from += QUERIES_AT_ONCE) {
    const slice = sql.join(queries.slice(from, from + QUERIES_AT_ONCE), sql` union all `)
    ids.push(...(await sql<{ id: number }>`${slice}`.execute(db)).rows.map(({ id }) => id))
  }
  return ids
}

const read = async (db: MainDatabase, ids: readonly number[], walk: Walk): Promise<Issue[]> => {
  if (ids.length === 0) return []
  const rows = await joined(db)
    .where('issue.id', 'in', [...ids])
    .orderBy(sql`${walk.order} ${walk.direction}, issue.id ${walk.direction}`)
    .limit(walk.limit)
    .execute()
  return rows.map(toIssue)
}

const find = async (db: MainDatabase, query: IssueQuery, index: TextIndex, cursor: Cursor | undefined) => {
  const statuses = statusesOf(query.filters)
  if (query.projectIds.length === 0 || statuses.length === 0) return []
  const conditions = await conditionsOf(db, query, index)
  const few = await candidates(db, conditions)
  if (few?.length === 0) return []
  const walk = walkOf(query, conditions, cursor)
  return read(db, await idsInOrder(db, { projectIds: query.projectIds, statuses, few }, walk), walk)
}

const list =
  (db: MainDatabase, index: TextIndex): IssueSearch['list'] =>
  async (query) => {
    const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor)
    if (query.cursor !== undefined && !cursor) return undefined
    const found = await find(db, query, index, cursor)
    const { items, ...cursors } = pageOf(found, {
      limit: query.limit,
      cursor,
      cursorAt: (issue, isBack) => cursorOf({ value: sortValue(issue, query.sort), id: issue.id, isBack }),
    })
    const counts = await countWithin(db, items, query)
    return { issues: items.map((issue): FoundIssue => ({ ...issue, count: counts.get(issue.id) ?? 0 })), ...cursors }
  }

const ids =
  (db: MainDatabase, index: TextIndex): IssueSearch['ids'] =>
  async (wanted, { after, limit }) => {
    const statuses = statusesOf(wanted.filters)
    if (wanted.projectIds.length === 0 || statuses.length === 0) return []
    const conditions = await conditionsOf(db, wanted, index)
    const { rows } = await sql<{ id: number }>`select issue.id from issue where issue.id > ${after}
      and issue.project_id in (${sql.join([...wanted.projectIds])}) and issue.status in (${sql.join(statuses)})
      and issue.merged_into is null and ${together(conditions)} order by issue.id limit ${limit}`.execute(db)
    return rows.map(({ id }) => id)
  }

export const sqlIssueSearch = (db: MainDatabase, index: TextIndex = differencesOf(db).textIndex): IssueSearch => ({
  list: list(db, index),
  ids: ids(db, index),
  tallies: (issueIds, within) => tallies(db, issueIds, within),
})
