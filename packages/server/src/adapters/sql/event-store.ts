import type { GroupedEvent, LeanPayload } from '../../event.ts'
import type { EventStore } from '../../ports/events.ts'
import type { StoredEvent } from '../../stored-event.ts'
import type { MainDatabase } from './main-database.ts'
import { differencesOf } from './differences.ts'
import { dayOf } from './digests.ts'
import { readEvents, type EventRow } from './event-rows.ts'
import { knownFrames, type SeenFrames } from './known-frames.ts'
import { pack } from './payload.ts'
import { projectsOf, storeBatch } from './store-batch.ts'

const digestedItems =
  (db: MainDatabase, inbox: string): EventStore['digestedItems'] =>
  async (ids) => {
    const rows = await db
      .selectFrom('digested_item')
      .select('item_id')
      .where('inbox', '=', inbox)
      .where('item_id', 'in', ids)
      .execute()
    return new Set(rows.map(({ item_id: id }) => Number(id)))
  }

const lean = ({ breadcrumbs: _breadcrumbs, extra: _extra, ...payload }: GroupedEvent['payload']): LeanPayload => payload

const findRow = async (db: MainDatabase, projectId: number, eventId: string): Promise<EventRow | undefined> => {
  const key = await db
    .selectFrom('event_key')
    .select('received_at')
    .where('project_id', '=', projectId)
    .where('event_id', '=', eventId)
    .executeTakeFirst()
  if (!key) return undefined
  // With its time at hand, a database that keeps events by days looks at one of them.
  return db
    .selectFrom('event')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('event_id', '=', eventId)
    .where('received_at', '=', key.received_at)
    .executeTakeFirst()
}

/** `inbox` names the one whose requests are stored, where several lead here. */
export const sqlEventStore = (db: MainDatabase, now: () => number, inbox = ''): EventStore => {
  const { process: reader, transactionOn } = differencesOf(db)
  const reading = { inbox, reader }
  const frames = knownFrames()
  const store: EventStore['store'] = async (batch) => {
    const at = now()
    // A transaction that is tried again begins with what was known, not with what the one before it has lost.
    let seen: SeenFrames
    const results = await transactionOn(db, projectsOf(batch), (transaction) =>
      storeBatch(transaction, batch, { now: at, reading, seen: (seen = frames.begin(dayOf(at))) }),
    )
    frames.keep(seen!)
    return results
  }
  const read = async (row: EventRow | undefined): Promise<StoredEvent | undefined> =>
    row && (await readEvents(db, [row]))[0]
  const ofIssue = (issueId: number) => db.selectFrom('event').selectAll().where('issue_id', '=', issueId)
  const first = async (issueId: number, direction: 'asc' | 'desc'): Promise<StoredEvent | undefined> => {
    const row = await ofIssue(issueId)
      .orderBy('happened_at', direction)
      .orderBy('id', direction)
      .limit(1)
      .executeTakeFirst()
    return read(row)
  }
  const beside = async (event: StoredEvent, side: '<' | '>'): Promise<string | undefined> => {
    const direction = side === '<' ? 'desc' : 'asc'
    const row = await db
      .selectFrom('event')
      .select('event_id')
      .where('issue_id', '=', event.issueId)
      .where(({ eb, refTuple, tuple }) => eb(refTuple('happened_at', 'id'), side, tuple(event.happenedAt, event.id)))
      .orderBy('happened_at', direction)
      .orderBy('id', direction)
      .limit(1)
      .executeTakeFirst()
    return row?.event_id
  }

  return {
    pack: (event) => ({ ...event, payload: lean(event.payload), packed: pack(event) }),
    store,
    digestedItems: digestedItems(db, inbox),
    find: async (projectId, eventId) => read(await findRow(db, projectId, eventId)),
    newest: (issueId) => first(issueId, 'desc'),
    oldest: (issueId) => first(issueId, 'asc'),
    neighbours: async (event) => {
      const [previous, next] = await Promise.all([beside(event, '<'), beside(event, '>')])
      return { ...(previous === undefined ? {} : { previous }), ...(next === undefined ? {} : { next }) }
    },
  }
}
