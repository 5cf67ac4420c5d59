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

const TOLD = ['open', 'closed']

/** Those of many issues that have a ticket to tell, of their own or of what has become part of them: most have none. */
export const issuesWithTickets = async (db: Write, issueIds: readonly number[]): Promise<Set<number>> => {
  if (issueIds.length === 0) return new Set()
  const rows = await db
    .withRecursive('within_issue', (query) =>
      query
        .selectFrom('issue')
        .select(['issue.id as top', 'issue.id'])
        .where('issue.id', 'in', issueIds)
        .union(
          query
            .selectFrom('issue')
            .innerJoin('within_issue', 'within_issue.id', 'issue.merged_into')
            .select(['within_issue.top', 'issue.id']),
        ),
    )
    .selectFrom('within_issue')
    // SQLite takes the tables of this join in their order: it would walk through all tickets otherwise.
    .crossJoin('ticket')
    .select('within_issue.top')
    .whereRef('ticket.issue_id', '=', 'within_issue.id')
    .where('ticket.state', 'in', TOLD)
    .execute()
  return new Set(rows.map(({ top }) => top))
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
    .where('ticket.state', 'in', TOLD)
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
