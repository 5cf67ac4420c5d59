import type { Transaction } from 'kysely'
import type { Tables } from './tables.ts'

export interface NewActivity {
  projectId: number
  issueId: number
  type: string
  /** Milliseconds since 1970. */
  at: number
  /** `user:1` or `token:name`. Default: the service itself. */
  actor?: string | null
  /** The release that it is about. */
  release?: string | null
  data?: object
}

// SQLite takes 32,766 parameters in one statement.
const ENTRIES_AT_ONCE = 500

/** Writes what happened into the feeds of issues, within the transaction of what happened. */
export const noteActivity = async (db: Transaction<Tables>, entries: readonly NewActivity[]): Promise<void> => {
  const rows = entries.map(({ projectId, issueId, type, at, actor = null, release = null, data = {} }) => ({
    project_id: projectId,
    issue_id: issueId,
    type,
    at,
    actor,
    release,
    data: JSON.stringify(data),
  }))
  for (let from = 0; from < rows.length; from += ENTRIES_AT_ONCE)
    await db
      .insertInto('issue_activity')
      .values(rows.slice(from, from + ENTRIES_AT_ONCE))
      .execute()
}
