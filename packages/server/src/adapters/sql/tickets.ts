import type { Transaction } from 'kysely'
import { randomUUID } from 'node:crypto'
import { plainLine } from '../../alerts/plain-text.ts'
import type { Ticket, TicketPlace, TicketState, TicketStore } from '../../ports/tickets.ts'
import { nextRead } from '../../tickets/next-read.ts'
import type { RemoteTicket } from '../../tickets/ticket-system.ts'
import type { MainDatabase } from './main-database.ts'
import { noteActivity } from './issue-activity.ts'
import { issuesWithin } from './merged-issues.ts'
import type { Tables } from './tables.ts'
import { wantSooner, wantTicket } from './want-tickets.ts'

type Write = Transaction<Tables>

const TITLE_CHARS = 300

/** What is kept of a ticket as its system tells it. */
export const remoteColumns = ({ key, url, title, isClosed, version }: RemoteTicket) => ({
  key,
  url,
  title: plainLine(title, TITLE_CHARS),
  state: isClosed ? 'closed' : 'open',
  version: version ?? null,
})

const list = async (db: MainDatabase, issueId: number): Promise<Ticket[]> => {
  const rows = await db
    .selectFrom('ticket')
    .innerJoin('ticket_system', 'ticket_system.id', 'ticket.system_id')
    .selectAll('ticket')
    .select(['ticket_system.name', 'ticket_system.kind', 'ticket_system.problem as system_problem'])
    .where('ticket.issue_id', 'in', await issuesWithin(db, issueId))
    .orderBy('ticket.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    system: { id: row.system_id, name: row.name, kind: row.kind },
    issueId: row.issue_id,
    key: row.key,
    url: row.url,
    title: row.title,
    state: row.state as TicketState,
    problem: row.problem || (row.state === 'wanted' ? row.system_problem : ''),
    createdAt: Number(row.created_at),
  }))
}

const link = async (
  db: Write,
  { systemId, issueId, projectId, by }: TicketPlace,
  { remote, now }: { remote: RemoteTicket; now: number },
): Promise<boolean> => {
  const row = await db
    .insertInto('ticket')
    .values({
      system_id: systemId,
      project_id: projectId,
      issue_id: issueId,
      marker: randomUUID(),
      created_by: by,
      created_at: now,
      changed_at: now,
      read_at: nextRead(now, { changedAt: now, heardAt: null }),
      ...remoteColumns(remote),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'key', 'url'])
    .executeTakeFirst()
  if (!row) return false
  const data = { key: row.key, url: row.url }
  await noteActivity(db, [{ projectId, issueId, type: 'ticket_linked', at: now, actor: by, data }])
  return true
}

const unlink = async (
  db: Write,
  { issueId, ticketId, by, now }: { issueId: number; ticketId: number; by: string; now: number },
): Promise<boolean> => {
  const row = await db
    .deleteFrom('ticket')
    .where('id', '=', ticketId)
    .where('issue_id', 'in', await issuesWithin(db, issueId))
    .returning(['project_id', 'issue_id', 'key', 'url'])
    .executeTakeFirst()
  if (!row) return false
  await db.deleteFrom('ticket_task').where('ticket_id', '=', ticketId).execute()
  const data = { key: row.key, url: row.url }
  await noteActivity(db, [
    { projectId: row.project_id, issueId: row.issue_id, type: 'ticket_unlinked', at: now, actor: by, data },
  ])
  return true
}

// More than any webhook tells of.
const KEYS = 50

export const sqlTickets = (db: MainDatabase, now: () => number): TicketStore => ({
  list: (issueId) => list(db, issueId),
  want: (place) =>
    db.transaction().execute(async (transaction) => {
      const wanted = { ...place, alertId: null, dueAt: now(), now: now() }
      return (await wantTicket(transaction, wanted)) || wantSooner(transaction, wanted)
    }),
  link: (place, remote) => db.transaction().execute((transaction) => link(transaction, place, { remote, now: now() })),
  unlink: (issueId, ticketId, by) =>
    db.transaction().execute((transaction) => unlink(transaction, { issueId, ticketId, by, now: now() })),
  hear: async (systemId, keys) => {
    await db.updateTable('ticket_system').set({ heard_at: now() }).where('id', '=', systemId).execute()
    if (keys.length > 0)
      await db
        .updateTable('ticket')
        .set({ read_at: now() })
        .where('system_id', '=', systemId)
        .where('key', 'in', keys.slice(0, KEYS))
        .execute()
  },
})
