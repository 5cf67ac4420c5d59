import type { Transaction } from 'kysely'
import { actionsOf } from '../../tickets/reactions.ts'
import { issuesWithin } from './merged-issues.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

/** A ticket as its system knows it. */
export interface TicketName {
  systemId: number
  key: string
}

/** What has become of an issue. */
export interface IssueTurn {
  issueId: number
  event: 'resolved' | 'back'
  release?: string | null
  note?: string | null | undefined
  /** The ticket that it comes from: nobody has to be told there. */
  from?: TicketName | undefined
  now: number
}

/** Notes what is to be done about the tickets of an issue, in the transaction that resolves it or in which it comes back. */
export const tellTickets = async (
  db: Write,
  { issueId, event, release = null, note = null, from, now }: IssueTurn,
): Promise<void> => {
  const tickets = await db
    .selectFrom('ticket')
    .innerJoin('ticket_system', 'ticket_system.id', 'ticket.system_id')
    .select(['ticket.id', 'ticket.system_id', 'ticket.key', 'ticket.state', 'ticket_system.reactions'])
    .where('ticket.issue_id', 'in', await issuesWithin(db, issueId))
    .where('ticket.state', 'in', ['open', 'closed'])
    .execute()
  const data = JSON.stringify({ event, release, note })
  const rows = tickets
    .filter((ticket) => ticket.system_id !== from?.systemId || ticket.key !== from.key)
    .flatMap(({ id, system_id, state, reactions }) =>
      actionsOf(event, state as 'open' | 'closed', JSON.parse(reactions)).map((action) => ({
        system_id,
        ticket_id: id,
        alert_id: null,
        action,
        data,
        due_at: now,
      })),
    )
  if (rows.length > 0) await db.insertInto('ticket_task').values(rows).execute()
}
