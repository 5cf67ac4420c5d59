import type { Selectable, Transaction } from 'kysely'
import type { TicketToRead } from '../../ports/ticket-work.ts'
import { nextRead } from '../../tickets/next-read.ts'
import type { Reactions } from '../../tickets/reactions.ts'
import type { RemoteTicket } from '../../tickets/ticket-system.ts'
import { noteActivity } from './issue-activity.ts'
import type { Tables } from './tables.ts'
import { remoteColumns } from './tickets.ts'
import { changeWithin } from './triage.ts'

type Write = Transaction<Tables>
type Row = Selectable<Tables['ticket']>

const DAY_MS = 24 * 3_600_000

/** The issue that one has become part of by merges, with what it is. */
export const rootOf = async (db: Write, issueId: number): Promise<{ id: number; status: string } | undefined> => {
  const row = await db
    .selectFrom('issue')
    .select(['id', 'status', 'merged_into'])
    .where('id', '=', issueId)
    .executeTakeFirst()
  return row && row.merged_into !== null ? rootOf(db, row.merged_into) : row
}

const noteState = (db: Write, row: Row, { type, now }: { type: string; now: number }): Promise<void> =>
  noteActivity(db, [
    {
      projectId: row.project_id,
      issueId: row.issue_id,
      type,
      at: now,
      data: { key: row.key, url: row.url },
    },
  ])

interface Moved {
  isClosed: boolean
  system: { name: string }
  now: number
}

/** Does to the issue what people did to its ticket. */
const follow = async (db: Write, row: Row, { isClosed, system, now }: Moved): Promise<void> => {
  const issue = await rootOf(db, row.issue_id)
  const from = { systemId: row.system_id, key: row.key! }
  const note = `Closed in ${system.name}: ${row.key}`
  if (isClosed && issue?.status === 'unresolved')
    await changeWithin(db, [issue.id], {
      orders: [{ type: 'resolve', resolution: { by: 'now', note } }],
      by: null,
      now,
      from,
    })
  if (!isClosed && issue?.status === 'resolved')
    await changeWithin(db, [issue.id], { orders: [{ type: 'unresolve' }], by: null, now, from })
}

const readSystem = async (db: Write, id: number) => {
  const row = await db
    .selectFrom('ticket_system')
    .select(['name', 'reactions', 'heard_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { name: row.name, reactions: JSON.parse(row.reactions) as Reactions, heardAt: row.heard_at }
}

const noteGone = async (db: Write, rows: readonly Row[], now: number): Promise<void> => {
  for (const row of rows) {
    await db
      .updateTable('ticket')
      .set({ state: 'gone', version: null, read_at: now + DAY_MS })
      .where('id', '=', row.id)
      .execute()
    if (row.state !== 'gone') await noteState(db, row, { type: 'ticket_gone', now })
  }
}

const noteFound = async (db: Write, rows: readonly Row[], { found, now }: { found: RemoteTicket; now: number }) => {
  const system = await readSystem(db, rows[0]!.system_id)
  const columns = remoteColumns(found)
  for (const row of rows) {
    const hasMoved = row.state !== columns.state
    const changedAt = hasMoved ? now : Number(row.changed_at)
    const readAt = nextRead(now, { changedAt, heardAt: system.heardAt })
    await db
      .updateTable('ticket')
      .set({ ...columns, changed_at: changedAt, read_at: readAt, problem: '' })
      .where('id', '=', row.id)
      .execute()
  }
  for (const row of rows.filter(({ state }) => state !== columns.state)) {
    const after = { ...row, key: found.key, url: found.url }
    await noteState(db, after, { type: found.isClosed ? 'ticket_closed' : 'ticket_reopened', now })
    if (row.state !== 'gone' && system.reactions.closed === 'resolve')
      await follow(db, after, { isClosed: found.isClosed, system, now })
  }
}

/** Notes how a ticket is now, for every issue that it is of. */
export const noteTicket = async (
  db: Write,
  { systemId, key }: TicketToRead,
  { found, now }: { found: RemoteTicket | 'unchanged' | undefined; now: number },
): Promise<void> => {
  const rows = await db
    .selectFrom('ticket')
    .selectAll()
    .where('system_id', '=', systemId)
    .where('key', '=', key)
    .execute()
  if (rows.length === 0) return
  if (found === undefined) return noteGone(db, rows, now)
  if (found !== 'unchanged') return noteFound(db, rows, { found, now })
  const { heardAt } = await readSystem(db, systemId)
  for (const { id, changed_at: changedAt } of rows)
    await db
      .updateTable('ticket')
      .set({ read_at: nextRead(now, { changedAt: Number(changedAt), heardAt }) })
      .where('id', '=', id)
      .execute()
}
