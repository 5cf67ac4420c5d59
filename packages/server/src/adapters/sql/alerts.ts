import type { Selectable, Transaction } from 'kysely'
import type { Evidence } from '../../alerts/firing.ts'
import type { Action } from '../../alerts/message.ts'
import type { AlertRule } from '../../alerts/rule.ts'
import { whyOf } from '../../alerts/why.ts'
import type { Alert, AlertStore } from '../../ports/alerts.ts'
import type { MainDatabase } from './main-database.ts'
import { fire } from './fire-alert.ts'
import { forgetAlerts } from './forget-alerts.ts'
import type { Tables } from './tables.ts'
import { dropWanted } from './want-tickets.ts'

type Write = Transaction<Tables>

const toAlert = ({ definition, ...row }: Selectable<Tables['alert']> & { definition: string | null }): Alert => {
  const rule = definition === null ? undefined : (JSON.parse(definition) as AlertRule)
  const evidence = JSON.parse(row.evidence) as Evidence
  return {
    id: row.id,
    ruleId: row.rule_id,
    ruleName: rule?.name ?? null,
    event: row.issue_id === 0 ? null : { issueId: row.issue_id, eventId: row.event_id },
    why: rule ? whyOf(rule.trigger, evidence) : '',
    evidence,
    happenedAt: Number(row.happened_at),
    firedAt: Number(row.fired_at),
    acknowledgedAt: row.acknowledged_at === null ? null : Number(row.acknowledged_at),
    acknowledgedBy: row.acknowledged_by,
    resolvedAt: row.resolved_at === null ? null : Number(row.resolved_at),
  }
}

// Those that keep incidents open until they hear more.
const INCIDENT_KINDS = ['pagerduty', 'opsgenie', 'webhook', 'extension']

/** Tells those who keep incidents, and were told of an alert, what has become of it; who waits for it hears no more. */
const tellMore = async (
  db: Write,
  alertId: number,
  { action, now }: { action: Action; now: number },
): Promise<void> => {
  await db
    .updateTable('notification')
    .set({ status: 'cancelled', ended_at: now })
    .where('alert_id', '=', alertId)
    .where('status', '=', 'waiting')
    .where('action', '=', 'trigger')
    .execute()
  await dropWanted(db, alertId, { dueAfter: action === 'resolve' ? 0 : now })
  const told = await db
    .selectFrom('notification')
    .innerJoin('channel', 'channel.id', 'notification.channel_id')
    .select('channel.id')
    .distinct()
    .where('notification.alert_id', '=', alertId)
    .where('notification.status', '=', 'sent')
    .where('channel.kind', 'in', INCIDENT_KINDS)
    .execute()
  const rows = told.map(({ id }) => ({
    channel_id: id,
    alert_id: alertId,
    idempotency_key: `alert-${alertId}-${action}-channel-${id}`,
    action,
    status: 'waiting',
    due_at: now,
  }))
  if (rows.length === 0) return
  await db
    .insertInto('notification')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const acknowledge = async (
  db: Write,
  { projectId, id, by, now }: { projectId: number; id: number; by: string; now: number },
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('alert')
    .set({ acknowledged_at: now, acknowledged_by: by })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .where('acknowledged_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await tellMore(db, id, { action: 'acknowledge', now })
  return true
}

const resolve = async (
  db: Write,
  { projectId, id, now }: { projectId: number; id: number; now: number },
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('alert')
    .set({ resolved_at: now })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await tellMore(db, id, { action: 'resolve', now })
  return true
}

/** Ends the alerts of issues that were resolved, in the transaction that resolves them. */
export const endAlerts = async (db: Write, issueIds: readonly number[], now: number): Promise<void> => {
  if (issueIds.length === 0) return
  const open = await db
    .updateTable('alert')
    .set({ resolved_at: now })
    .where('issue_id', 'in', issueIds)
    .where('resolved_at', 'is', null)
    .returning('id')
    .execute()
  for (const { id } of open) await tellMore(db, id, { action: 'resolve', now })
}

export const sqlAlerts = (db: MainDatabase, now: () => number): AlertStore => ({
  list: async (projectId, { limit, before }) => {
    let query = db
      .selectFrom('alert')
      .leftJoin('alert_rule', 'alert_rule.id', 'alert.rule_id')
      .selectAll('alert')
      .select('alert_rule.definition')
      .where('alert.project_id', '=', projectId)
    if (before !== undefined) query = query.where('alert.id', '<', before)
    return (await query.orderBy('alert.id', 'desc').limit(limit).execute()).map(toAlert)
  },
  forget: () => db.transaction().execute((transaction) => forgetAlerts(transaction, now())),
  acknowledge: (projectId, id, by) =>
    db.transaction().execute((transaction) => acknowledge(transaction, { projectId, id, by, now: now() })),
  resolve: (projectId, id) =>
    db.transaction().execute((transaction) => resolve(transaction, { projectId, id, now: now() })),
  fire: (rule, firing) => db.transaction().execute((transaction) => fire(transaction, rule, { firing, now: now() })),
})
