import type { Transaction } from 'kysely'
import { advance } from '../../issues/advance.ts'
import { CALM_AFTER_MS, isRising, nextRate, priorityOf } from '../../issues/priority.ts'
import type { Severity } from '../../ingest/classify.ts'
import type { MainDatabase } from './main-database.ts'
import { forgetWindows } from './ignored-issues.ts'
import { noteActivity } from './issue-activity.ts'
import { noteChanged } from './issue-changes.ts'
import { LIFE_COLUMNS, lifeColumns, toLife } from './issue-life-rows.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const AT_ONCE = 100

/** Ignored issues whose time has come are open again. */
const wake = async (db: Write, now: number): Promise<number[]> => {
  const rows = await db
    .selectFrom('issue')
    .select([...LIFE_COLUMNS, 'id', 'project_id'])
    .where('wake_at', '<=', now)
    .orderBy('wake_at')
    .limit(AT_ONCE)
    .execute()
  for (const row of rows) {
    const { life, entry } = advance(toLife(row), { type: 'time-passed' }, { now, byPerson: false })
    await db.updateTable('issue').set(lifeColumns(life)).where('id', '=', row.id).execute()
    if (entry) await noteActivity(db, [{ projectId: row.project_id, issueId: row.id, at: now, ...entry }])
  }
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) await forgetWindows(db, ids)
  return ids
}

/** Priorities that counted on events that have stopped since. */
const calm = async (db: Write, now: number): Promise<number[]> => {
  const rows = await db
    .selectFrom('issue')
    .select([
      'id',
      'severity',
      'user_count',
      'recent_events',
      'usual_events',
      'rated_at',
      'priority',
      'priority_locked',
    ])
    .where('calm_at', '<=', now)
    .orderBy('calm_at')
    .limit(AT_ONCE)
    .execute()
  for (const row of rows) {
    const before = { recent: row.recent_events, usual: row.usual_events, at: row.rated_at ?? now }
    const rate = nextRate(before, 0, now)
    const priority = priorityOf({ severity: row.severity as Severity, users: row.user_count, rate })
    await db
      .updateTable('issue')
      .set({
        priority: row.priority_locked === 1 ? row.priority : priority,
        calm_at: isRising(rate) ? now + CALM_AFTER_MS : null,
      })
      .where('id', '=', row.id)
      .execute()
  }
  return rows.map(({ id }) => id)
}

const isDue = async (db: MainDatabase, now: number): Promise<boolean> => {
  for (const time of ['wake_at', 'calm_at'] as const) {
    const row = await db.selectFrom('issue').select('id').where(time, '<=', now).limit(1).executeTakeFirst()
    if (row) return true
  }
  return false
}

/** What comes to issues with time alone; false when there was nothing to do. */
export const tendIssues = async (db: MainDatabase, now: number): Promise<boolean> => {
  // Asked every second, so it takes the writer's lock only when there is something to do.
  if (!(await isDue(db, now))) return false
  await db.transaction().execute(async (transaction) => {
    await noteChanged(transaction, [...(await wake(transaction, now)), ...(await calm(transaction, now))])
  })
  return true
}
