import type { Transaction } from 'kysely'
import type { LeanEvent } from '../../event.ts'
import { headlineColumns } from './issue-changes.ts'
import { LIFE_COLUMNS, type LifeRow } from './issue-life-rows.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

/** What people have made of an issue. */
const readLife = async (db: Write, issueId: number): Promise<LifeRow & { wake_at: number | null }> =>
  db
    .selectFrom('issue')
    .select([...LIFE_COLUMNS, 'wake_at'])
    .where('id', '=', issueId)
    .executeTakeFirstOrThrow()

/** Makes an issue that has no events yet; `like` names the issue whose life it goes on with. */
export const createIssue = async (db: Write, event: LeanEvent, { like }: { like?: number } = {}): Promise<number> => {
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
      ...(like === undefined ? { status: 'unresolved' } : await readLife(db, like)),
      kind: event.kind,
      ...headlineColumns(headline),
      level: payload.level,
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
