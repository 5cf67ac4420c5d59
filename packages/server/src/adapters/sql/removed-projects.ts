import { sql, type Transaction } from 'kysely'
import type { MainDatabase } from './main-database.ts'
import { ROW } from './functions.ts'
import { deleteEvents, deleteIssues } from './delete-events.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const OF_PROJECTS = [
  'feedback',
  'attachment',
  'event_person',
  'frame',
  'script',
  'hash_feature',
  'issue_transfer',
  'issue_activity',
  'alert',
  'outcome',
  'counted_report',
  'client_session',
  'session_count',
  'session_hour',
  'measurement',
  'vital_target',
  'project_hour',
  'release_project',
  'ingest_settings',
  'grouping_rules',
  'project_ownership',
  'project_retention',
  'objective',
  'saved_view',
  'source_link',
  'regroup_job',
] as const

const someOf = async (db: Write, table: 'event' | 'issue', projectId: number, limit: number): Promise<number[]> => {
  const rows = await db.selectFrom(table).select('id').where('project_id', '=', projectId).limit(limit).execute()
  return rows.map(({ id }) => id)
}

const deleteFrom = async (db: Write, table: string, projectId: number, limit: number): Promise<number> => {
  const { numAffectedRows = 0n } = await sql`
    delete from ${sql.table(table)} where ${ROW} in
      (select ${ROW} from ${sql.table(table)} where project_id = ${projectId} limit ${limit})`.execute(db)
  return Number(numAffectedRows)
}

/** Deletes some of what is stored of a project: events before their issues, and the rest after both. Gives how many. */
export const deleteLeftovers = (db: MainDatabase, projectId: number, limit: number): Promise<number> =>
  db.transaction().execute(async (transaction) => {
    const events = await someOf(transaction, 'event', projectId, limit)
    await deleteEvents(transaction, events)
    if (events.length > 0) return events.length
    const issues = await someOf(transaction, 'issue', projectId, limit)
    await deleteIssues(transaction, issues)
    let deleted = issues.length
    for (const table of OF_PROJECTS) {
      if (deleted > 0) break
      deleted += await deleteFrom(transaction, table, projectId, limit)
    }
    return deleted
  })
