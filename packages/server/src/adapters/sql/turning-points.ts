import type { Transaction } from 'kysely'
import type { Tables } from './tables.ts'

interface InsertedEvent {
  id: number
  issueId: number
  change: 'new' | 'seen' | 'regressed'
}

/** Notes the events that brought resolved issues back: retention keeps them, for they tell the issue's story. */
export const noteRegressions = async (db: Transaction<Tables>, events: readonly InsertedEvent[]): Promise<void> => {
  const rows = events
    .filter(({ change }) => change === 'regressed')
    .map(({ id, issueId }) => ({ event_id: id, issue_id: issueId, reason: 'regression' }))
  if (rows.length > 0) await db.insertInto('turning_point').values(rows).execute()
}
