import type { Transaction } from 'kysely'
import { MAX_ATTEMPTS, pauseAfter } from '../../alerts/backoff.ts'
import type { TicketTask, TicketToRead, TicketWork, Undone } from '../../ports/ticket-work.ts'
import type { TicketState } from '../../ports/tickets.ts'
import { nextRead } from '../../tickets/next-read.ts'
import type { RemoteTicket } from '../../tickets/ticket-system.ts'
import type { MainDatabase } from './main-database.ts'
import { differencesOf } from './differences.ts'
import { noteActivity } from './issue-activity.ts'
import { noteTicket, rootOf } from './note-ticket.ts'
import type { Tables } from './tables.ts'
import { tellTickets } from './tell-tickets.ts'
import { remoteColumns } from './tickets.ts'

type Write = Transaction<Tables>

/** Asks each system by its own index, so that what waits for a dead one is never read. */
const ready = async (db: MainDatabase, now: number): Promise<number[]> => {
  const rows = await db
    .selectFrom('ticket_system')
    .select('id')
    .where('paused_until', '<=', now)
    .where(({ exists, or, selectFrom }) =>
      or([
        exists(
          selectFrom('ticket_task')
            .select('ticket_task.id')
            .whereRef('ticket_task.system_id', '=', 'ticket_system.id')
            .where('ticket_task.due_at', '<=', now),
        ),
        exists(
          selectFrom('ticket')
            .select('ticket.id')
            .whereRef('ticket.system_id', '=', 'ticket_system.id')
            .where('ticket.read_at', '<=', now),
        ),
      ]),
    )
    .execute()
  return differencesOf(db).claim(db, 'ticket_system', { ids: rows.map(({ id }) => id), now })
}

const next = async (db: MainDatabase, systemId: number, now: number): Promise<TicketTask | undefined> => {
  const claimed = await differencesOf(db).claim(db, 'ticket_system', { ids: [systemId], now })
  // Another process has it now.
  if (claimed.length === 0) return undefined
  const row = await db
    .selectFrom('ticket_task')
    .innerJoin('ticket', 'ticket.id', 'ticket_task.ticket_id')
    .innerJoin('project', 'project.id', 'ticket.project_id')
    .innerJoin('organization', 'organization.id', 'project.organization_id')
    .where('ticket_task.system_id', '=', systemId)
    .where('ticket_task.due_at', '<=', now)
    .orderBy('ticket_task.due_at')
    .orderBy('ticket_task.id')
    .limit(1)
    .select(['ticket_task.id', 'ticket_task.action', 'ticket_task.data', 'ticket_task.ticket_id'])
    .select(['ticket.issue_id', 'ticket.marker', 'ticket.key', 'ticket.state', 'ticket.tried_at'])
    .select('organization.slug as org')
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      action: row.action as TicketTask['action'],
      data: JSON.parse(row.data),
      org: row.org,
      ticket: {
        id: row.ticket_id,
        systemId,
        issueId: row.issue_id,
        marker: row.marker,
        key: row.key,
        state: row.state as TicketState,
        triedAt: row.tried_at === null ? null : Number(row.tried_at),
      },
    }
  )
}

/** Several issues may share a ticket: it is closed when all are resolved, and opened when one comes back. */
const isStillRight = async (db: Write, { action, ticket }: TicketTask): Promise<boolean> => {
  if (action === 'close' ? ticket.state !== 'open' : ticket.state !== 'closed') return false
  const rows = await db
    .selectFrom('ticket')
    .select('issue_id')
    .where('system_id', '=', ticket.systemId)
    .where('key', '=', ticket.key)
    .execute()
  const issues = await Promise.all(rows.map(({ issue_id: id }) => rootOf(db, id)))
  return action === 'close'
    ? issues.every((issue) => issue?.status === 'resolved')
    : issues.some((issue) => issue?.status === 'unresolved')
}

const endTask = (db: MainDatabase, { id }: TicketTask) => db.deleteFrom('ticket_task').where('id', '=', id).execute()

const noteSuccess = (db: Write, systemId: number) =>
  db
    .updateTable('ticket_system')
    .set({ failures: 0, paused_until: 0, problem: '' })
    .where('id', '=', systemId)
    .where((eb) => eb.or([eb('failures', '>', 0), eb('problem', '!=', '')]))
    .execute()

const made = async (db: Write, task: TicketTask, { remote, now }: { remote: RemoteTicket; now: number }) => {
  const { ticket } = task
  await endTask(db, task)
  await noteSuccess(db, ticket.systemId)
  const row = await db
    .updateTable('ticket')
    .set({
      ...remoteColumns(remote),
      changed_at: now,
      problem: '',
      read_at: nextRead(now, { changedAt: now, heardAt: null }),
    })
    .where('id', '=', ticket.id)
    .returningAll()
    .executeTakeFirst()
  // Unlinked meanwhile.
  if (!row) return
  const data = { key: row.key, url: row.url, ...task.data }
  await noteActivity(db, [
    { projectId: row.project_id, issueId: row.issue_id, type: 'ticket_created', at: now, actor: row.created_by, data },
  ])
  const issue = await rootOf(db, row.issue_id)
  if (issue?.status === 'resolved') await tellTickets(db, { issueId: issue.id, event: 'resolved', now })
}

const done = async (db: Write, task: TicketTask, now: number): Promise<void> => {
  const { action, ticket } = task
  await endTask(db, task)
  await noteSuccess(db, ticket.systemId)
  if (action === 'comment' || action === 'create') return
  await db
    .updateTable('ticket')
    .set({ state: action === 'close' ? 'closed' : 'open', version: null, problem: '', changed_at: now })
    .where('system_id', '=', ticket.systemId)
    .where('key', '=', ticket.key)
    .execute()
}

const giveUp = async (db: Write, task: TicketTask, { answer, now }: { answer: string; now: number }) => {
  const { action, ticket } = task
  await endTask(db, task)
  const row = await db
    .updateTable('ticket')
    .set({ problem: answer, ...(action === 'create' && { state: 'refused' }) })
    .where('id', '=', ticket.id)
    .returning(['project_id', 'issue_id', 'key', 'url'])
    .executeTakeFirst()
  if (!row) return
  const data = { action, answer, key: row.key, url: row.url }
  await noteActivity(db, [{ projectId: row.project_id, issueId: row.issue_id, type: 'ticket_failed', at: now, data }])
}

const pause = async (db: Write, systemId: number, { undone, now }: { undone: Undone; now: number }): Promise<void> => {
  const { failures } = await db
    .updateTable('ticket_system')
    .set((eb) => ({ failures: eb('failures', '+', 1), problem: undone.answer }))
    .where('id', '=', systemId)
    .returning('failures')
    .executeTakeFirstOrThrow()
  const { afterMs } = undone
  const until = now + pauseAfter(failures, afterMs === undefined ? {} : { afterMs })
  await db.updateTable('ticket_system').set({ paused_until: until }).where('id', '=', systemId).execute()
}

const noteUndone = async (db: Write, task: TicketTask, { undone, now }: { undone: Undone; now: number }) => {
  if (undone.status === 'refused') return giveUp(db, task, { answer: undone.answer, now })
  await pause(db, task.ticket.systemId, { undone, now })
  const { attempts } = await db
    .updateTable('ticket_task')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', task.id)
    .returning('attempts')
    .executeTakeFirstOrThrow()
  if (attempts >= MAX_ATTEMPTS) await giveUp(db, task, { answer: undone.answer, now })
}

const HOUR_MS = 3_600_000

const noteUnread = async (db: Write, ticket: TicketToRead, { undone, now }: { undone: Undone; now: number }) => {
  if (undone.status === 'failed') return pause(db, ticket.systemId, { undone, now })
  await db
    .updateTable('ticket')
    .set({ problem: undone.answer, read_at: now + HOUR_MS })
    .where('system_id', '=', ticket.systemId)
    .where('key', '=', ticket.key)
    .execute()
}

export const sqlTicketWork = (db: MainDatabase, now: () => number): TicketWork => {
  const write = <Result>(run: (transaction: Write) => Promise<Result>): Promise<Result> => db.transaction().execute(run)
  return {
    ready: (at) => ready(db, at),
    next: (systemId, at) => next(db, systemId, at),
    isStillRight: (task) => write((transaction) => isStillRight(transaction, task)),
    begin: async (ticketId) => {
      await db
        .updateTable('ticket')
        .set({ tried_at: now() })
        .where('id', '=', ticketId)
        .where('tried_at', 'is', null)
        .execute()
    },
    made: (task, remote) => write((transaction) => made(transaction, task, { remote, now: now() })),
    done: (task) => write((transaction) => done(transaction, task, now())),
    drop: async (task) => void (await endTask(db, task)),
    undone: (task, undone) => write((transaction) => noteUndone(transaction, task, { undone, now: now() })),
    postpone: async (task, until) => {
      await db.updateTable('ticket_task').set({ due_at: until }).where('id', '=', task.id).execute()
    },
    toRead: async (systemId, at, limit) => {
      const rows = await db
        .selectFrom('ticket')
        .select(['key', 'version'])
        .where('system_id', '=', systemId)
        .where('read_at', '<=', at)
        .orderBy('read_at')
        .limit(limit)
        .execute()
      return rows.flatMap(({ key, version }) => (key === null ? [] : [{ systemId, key, version }]))
    },
    noteRead: (ticket, found) =>
      write(async (transaction) => {
        await noteSuccess(transaction, ticket.systemId)
        await noteTicket(transaction, ticket, { found, now: now() })
      }),
    noteUnread: (ticket, undone) => write((transaction) => noteUnread(transaction, ticket, { undone, now: now() })),
  }
}
