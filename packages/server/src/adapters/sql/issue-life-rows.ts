import type { Selectable } from 'kysely'
import type { Assignee, Life, Status, Substatus } from '../../issues/life.ts'
import { wakeAt } from '../../issues/life.ts'
import type { Tables } from './tables.ts'

/** The columns that hold an issue's life. */
export const LIFE_COLUMNS = [
  'status',
  'substatus',
  'resolution',
  'ignored_until',
  'assigned_account',
  'assigned_team',
  'priority',
  'priority_locked',
  'acknowledged_at',
  'resolved_at',
  'reopened_at',
] as const

export type LifeRow = Pick<Selectable<Tables['issue']>, (typeof LIFE_COLUMNS)[number]>

const assigneeOf = ({ assigned_account: account, assigned_team: team }: LifeRow): Assignee | null => {
  if (account !== null) return { type: 'user', id: account }
  return team === null ? null : { type: 'team', id: team }
}

const parse = (json: string | null) => (json === null ? null : JSON.parse(json))

export const toLife = (row: LifeRow): Life => ({
  status: row.status as Status,
  substatus: row.substatus as Substatus | null,
  // Those that were resolved by an earlier version say no more than that.
  resolution: parse(row.resolution) ?? (row.status === 'resolved' ? { by: 'now' } : null),
  ignoredUntil: parse(row.ignored_until),
  assignee: assigneeOf(row),
  priority: row.priority,
  priorityLocked: row.priority_locked === 1,
  acknowledgedAt: row.acknowledged_at,
  resolvedAt: row.resolved_at,
  reopenedAt: row.reopened_at,
})

const json = (value: object | null): string | null => value && JSON.stringify(value)

export const lifeColumns = (life: Life) => ({
  status: life.status,
  substatus: life.substatus,
  resolution: json(life.resolution),
  ignored_until: json(life.ignoredUntil),
  wake_at: wakeAt(life),
  assigned_account: life.assignee?.type === 'user' ? life.assignee.id : null,
  assigned_team: life.assignee?.type === 'team' ? life.assignee.id : null,
  priority: life.priority,
  priority_locked: life.priorityLocked ? 1 : 0,
  acknowledged_at: life.acknowledgedAt,
  resolved_at: life.resolvedAt,
  reopened_at: life.reopenedAt,
})
