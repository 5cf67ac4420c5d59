import type { Transaction } from 'kysely'
import type { GroupedEvent } from '../../event.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const statusOf = async (db: Write, issueId: number): Promise<string> =>
  (await db.selectFrom('issue').select('status').where('id', '=', issueId).executeTakeFirstOrThrow()).status

/** Makes an issue that has no events yet; `like` names the issue whose status it takes over. */
export const createIssue = async (
  db: Write,
  event: GroupedEvent,
  { like }: { like?: number } = {},
): Promise<number> => {
  const { last_issue_number: number } = await db
    .updateTable('project')
    .set((eb) => ({ last_issue_number: eb('last_issue_number', '+', 1) }))
    .where('id', '=', event.projectId)
    .returning('last_issue_number')
    .executeTakeFirstOrThrow()
  const { headline, payload } = event
  const { id } = await db
    .insertInto('issue')
    .values({
      project_id: event.projectId,
      number,
      status: like === undefined ? 'unresolved' : await statusOf(db, like),
      kind: event.kind,
      title: headline.title,
      culprit: headline.culprit,
      level: payload.level,
      metadata: JSON.stringify(headline.metadata),
      event_count: 0,
      user_count: 0,
      first_seen: event.happenedAt,
      last_seen: event.happenedAt,
      first_release: payload.release ?? null,
      last_release: payload.release ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
