import type { EventQuery, EventSearch } from '../../ports/event-search.ts'
import type { EventPage } from '../../ports/events.ts'
import type { MainDatabase } from './main-database.ts'
import { readEvents, type EventRow } from './event-rows.ts'
import { cursorOf, readCursor, type Cursor } from './keyset.ts'
import { unpack } from './payload.ts'

const STEP = 100
/** Unpacking this many takes about fifty milliseconds. */
const LOOKED_AT = 1000

/** Events of an issue are sorted by when they happened, those of a project by when they came. */
const valueOf = ({ of }: EventQuery, row: EventRow): number => ('issueId' in of ? Number(row.happened_at) : row.id)

const ofIssue = (
  db: MainDatabase,
  issueId: number,
  { period, after }: { period: EventQuery['period']; after: Cursor | undefined },
) => {
  let rows = db.selectFrom('event').selectAll().where('issue_id', '=', issueId)
  if (period) rows = rows.where('happened_at', '>=', period.from).where('happened_at', '<', period.to)
  if (after)
    rows = rows.where(({ eb, refTuple, tuple }) => eb(refTuple('happened_at', 'id'), '<', tuple(after.value, after.id)))
  return rows.orderBy('happened_at', 'desc').orderBy('id', 'desc')
}

/** The newest event that came before a time: where a project's list of an earlier period begins. */
const lastBefore = (db: MainDatabase, projectId: number, time: number) =>
  db
    .selectFrom('event')
    .select('id')
    .where('project_id', '=', projectId)
    .where('received_at', '<', time)
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Repeats wait in their clients for days at most. */
const LATEST_ARRIVAL_MS = 7 * 24 * 3_600_000

const ofProject = async (
  db: MainDatabase,
  projectId: number,
  { period, after }: { period: EventQuery['period']; after: Cursor | undefined },
) => {
  let rows = db.selectFrom('event').selectAll().where('project_id', '=', projectId)
  if (after) rows = rows.where('id', '<', after.id)
  else if (period) {
    const last = await lastBefore(db, projectId, period.to + LATEST_ARRIVAL_MS)
    rows = rows.where('id', '<=', last?.id ?? 0)
  }
  return rows.orderBy('id', 'desc')
}

const stepOf = ({ test, period, limit }: EventQuery): number => (test || period ? STEP : limit + 1)

/** What came before a period began did not happen in it, nor did anything that came before that. */
const isOver = ({ of, period }: EventQuery, row: EventRow): boolean =>
  'projectId' in of && period !== undefined && Number(row.received_at) < period.from

const nextRows = async (db: MainDatabase, query: EventQuery, after: Cursor | undefined): Promise<EventRow[]> => {
  const { of, period } = query
  const rows =
    'issueId' in of ? ofIssue(db, of.issueId, { period, after }) : await ofProject(db, of.projectId, { period, after })
  return rows.limit(stepOf(query)).execute()
}

const matches = ({ test, period }: EventQuery, row: EventRow): boolean => {
  const happenedAt = Number(row.happened_at)
  if (period && (happenedAt < period.from || happenedAt >= period.to)) return false
  return !test || test({ ...unpack(row.payload), eventId: row.event_id, title: row.title, happenedAt })
}

/** Walks on until there are enough, there are no more, or it has looked at as many as it may. */
const walk = async (
  db: MainDatabase,
  query: EventQuery,
): Promise<{ found: EventRow[]; last: EventRow | undefined; hasMore: boolean }> => {
  const found: EventRow[] = []
  let after = query.cursor === undefined ? undefined : readCursor(query.cursor)
  let last: EventRow | undefined
  for (let seen = 0; seen < LOOKED_AT; seen += STEP) {
    const rows = await nextRows(db, query, after)
    for (const row of rows) {
      if (!matches(query, row)) continue
      if (found.length === query.limit) return { found, last: found.at(-1), hasMore: true }
      found.push(row)
    }
    last = rows.at(-1) ?? last
    if (!last || isOver(query, last) || rows.length < stepOf(query)) return { found, last, hasMore: false }
    after = { value: valueOf(query, last), id: last.id, isBack: false }
  }
  return { found, last, hasMore: true }
}

const list = async (db: MainDatabase, query: EventQuery): Promise<EventPage | undefined> => {
  if (query.cursor !== undefined && !readCursor(query.cursor)) return undefined
  const { found, last, hasMore } = await walk(db, query)
  const events = await readEvents(db, found)
  return hasMore && last
    ? { events, next: cursorOf({ value: valueOf(query, last), id: last.id, isBack: false }) }
    : { events }
}

export const sqlEventSearch = (db: MainDatabase): EventSearch => ({ list: (query) => list(db, query) })
