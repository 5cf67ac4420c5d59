import type { Transaction } from 'kysely'
import type { Firing } from '../../alerts/firing.ts'
import type { StoredAlertRule } from '../../alerts/rule.ts'
import { dueAt } from '../../alerts/schedule.ts'
import { wantTicketsOf } from './rule-tickets.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

// What no event shows bears no issue and no event.
const NO_EVENT = { issueId: 0, eventId: '' }

/** Notes that a rule has come true; undefined when that was known. */
const insertAlert = async (
  db: Write,
  rule: StoredAlertRule,
  { firing, now }: { firing: Firing; now: number },
): Promise<number | undefined> => {
  const { subject, occurrence, happenedAt, event, evidence } = firing
  const { issueId, eventId } = event ?? NO_EVENT
  const row = await db
    .insertInto('alert')
    .values({
      rule_id: rule.id,
      project_id: rule.projectId,
      subject,
      occurrence,
      event_id: eventId,
      issue_id: issueId,
      evidence: JSON.stringify(evidence),
      happened_at: happenedAt,
      fired_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Puts into the outbox who is to be told, and when. */
const insertNotifications = async (
  db: Write,
  rule: StoredAlertRule,
  { alertId, now }: { alertId: number; now: number },
): Promise<void> => {
  const rows = rule.steps.flatMap(({ afterMinutes, channels }, step) =>
    [...new Set(channels)].map((channelId) => ({
      channel_id: channelId,
      alert_id: alertId,
      idempotency_key: `alert-${alertId}-step-${step + 1}-channel-${channelId}`,
      collected: rule.digest === undefined ? 0 : 1,
      status: 'waiting',
      due_at: dueAt(now + afterMinutes * 60_000, rule),
    })),
  )
  if (rows.length > 0) await db.insertInto('notification').values(rows).execute()
}

const isMuted = ({ mutedUntil }: StoredAlertRule, now: number): boolean => mutedUntil !== null && mutedUntil > now

/** Keeps that a rule came true and fills the outbox, once for each occurrence. */
export const fire = async (
  db: Write,
  rule: StoredAlertRule,
  { firing, now }: { firing: Firing; now: number },
): Promise<void> => {
  const alertId = await insertAlert(db, rule, { firing, now })
  if (alertId === undefined || isMuted(rule, now)) return
  await insertNotifications(db, rule, { alertId, now })
  const { event, evidence } = firing
  if (event) await wantTicketsOf(db, rule, { alertId, issueId: event.issueId, evidence, now })
}
