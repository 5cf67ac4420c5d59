import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

export interface WantedTicket {
  systemId: number
  issueId: number
  projectId: number
  /** Null: a rule. */
  by: string | null
  alertId: number | null
  why?: string
  dueAt: number
  now: number
}

const addTask = (db: Write, ticketId: number, { systemId, alertId, why, dueAt }: WantedTicket) =>
  db
    .insertInto('ticket_task')
    .values({
      system_id: systemId,
      ticket_id: ticketId,
      alert_id: alertId,
      action: 'create',
      data: JSON.stringify(why === undefined ? {} : { why }),
      due_at: dueAt,
    })
    .execute()

/** Has a ticket made, unless the issue has one in that system; false when it has. */
export const wantTicket = async (db: Write, wanted: WantedTicket): Promise<boolean> => {
  const row = await db
    .insertInto('ticket')
    .values({
      system_id: wanted.systemId,
      project_id: wanted.projectId,
      issue_id: wanted.issueId,
      marker: randomUUID(),
      key: null,
      state: 'wanted',
      created_by: wanted.by,
      created_at: wanted.now,
      changed_at: wanted.now,
      read_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row) await addTask(db, row.id, wanted)
  return row !== undefined
}

/** Asks again for what is not there yet: what was refused, and what would have been made later. */
export const wantSooner = async (db: Write, wanted: WantedTicket): Promise<boolean> => {
  const ticket = await db
    .selectFrom('ticket')
    .select(['id', 'state'])
    .where('system_id', '=', wanted.systemId)
    .where('issue_id', '=', wanted.issueId)
    .where('state', 'in', ['wanted', 'refused'])
    .executeTakeFirst()
  if (!ticket) return false
  await db.deleteFrom('ticket_task').where('ticket_id', '=', ticket.id).execute()
  await db.updateTable('ticket').set({ state: 'wanted', problem: '' }).where('id', '=', ticket.id).execute()
  await addTask(db, ticket.id, wanted)
  return true
}

/** Forgets what an alert would have had made, where nothing was tried yet and, unless all is meant, nothing is due. */
export const dropWanted = async (db: Write, alertId: number, before: { dueAfter: number }): Promise<void> => {
  const rows = await db
    .selectFrom('ticket_task')
    .innerJoin('ticket', 'ticket.id', 'ticket_task.ticket_id')
    .select('ticket.id')
    .where('ticket_task.alert_id', '=', alertId)
    .where('ticket_task.due_at', '>', before.dueAfter)
    .where('ticket.tried_at', 'is', null)
    .where('ticket.state', '=', 'wanted')
    .execute()
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return
  await db.deleteFrom('ticket_task').where('ticket_id', 'in', ids).execute()
  await db.deleteFrom('ticket').where('id', 'in', ids).execute()
}
